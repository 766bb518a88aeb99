/**
 * Merkle trees of Poseidon hashes, and proofs that something is in them or not.
 *
 * <p>{@link zk4j.merkle.MerkleTree} and {@link zk4j.merkle.MerkleFrontier} have a fixed depth and
 * leaves in order. A node is the hash of its two children, and leaves are hashed no further, as in
 * Semaphore up to version 3. So a node could pass for a leaf of a shallower tree: proofs are
 * verified for a depth, which the verifier must know.
 *
 * <p>{@link zk4j.merkle.SparseMerkleTree} maps keys to values, as circomlib's {@code SMTVerifier}
 * has it. A leaf is the hash of three elements there, key, value and 1, so that it is no node,
 * which is one of two.
 */
@NullMarked
package zk4j.merkle;

import org.jspecify.annotations.NullMarked;
