// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.20;

/// @title Verifier of Groth16 proofs (ePrint 2016/260) over BN254, for one circuit
/// @notice Written by zk4j. SHA-256 of the verification key: ${fingerprint}.
/// @dev Proofs can be changed into other valid ones of the same statement: tell statements apart by
/// what their public signals say, such as a nullifier, and never by the bytes of a proof.
contract ${name} {
    /// The order of the groups: public signals are below it.
    uint256 private constant R = ${r};

    /// The key; alpha, gamma and delta are negated.
${constants}
    /// @notice Whether a proof of a statement holds. False for whatever is no proof: numbers out of
    /// range, points off the curve or the subgroup, an equation that does not hold.
    /// @param a the proof's first point
    /// @param b the second one, the imaginary parts of its coordinates first
    /// @param c the third one
${signalsDoc}    function verifyProof(
        uint256[2] calldata a,
        uint256[2][2] calldata b,
        uint256[2] calldata c${signalsParameter}
    ) public view returns (bool valid) {
        assembly ("memory-safe") {
            // The point at sum += factor * (x, y), by EIP-196's precompiles. Scratch: the 96 bytes
            // behind sum.
            function accumulate(sum, x, y, factor) -> ok {
                ok := lt(factor, R)
                let product := add(sum, 0x40)
                mstore(product, x)
                mstore(add(product, 0x20), y)
                mstore(add(product, 0x40), factor)
                ok := and(ok, staticcall(gas(), 7, product, 0x60, product, 0x40))
                ok := and(ok, staticcall(gas(), 6, sum, 0x80, sum, 0x40))
            }

            // e(L, -gamma) e(A, B) e(-alpha, beta) e(C, -delta) = 1 for L = the sum of the signals
            // times the points IC. Pairs of 192 bytes each: a point of G1, a point of G2.
            let pairs := mload(0x40)
            mstore(pairs, IC0_X)
            mstore(add(pairs, 0x20), IC0_Y)
            valid := 1
${sum}
            mstore(add(pairs, 0x40), GAMMA_X1)
            mstore(add(pairs, 0x60), GAMMA_X0)
            mstore(add(pairs, 0x80), GAMMA_Y1)
            mstore(add(pairs, 0xa0), GAMMA_Y0)

            calldatacopy(add(pairs, 0xc0), a, 0x40)
            calldatacopy(add(pairs, 0x100), b, 0x80)

            mstore(add(pairs, 0x180), ALPHA_X)
            mstore(add(pairs, 0x1a0), ALPHA_Y)
            mstore(add(pairs, 0x1c0), BETA_X1)
            mstore(add(pairs, 0x1e0), BETA_X0)
            mstore(add(pairs, 0x200), BETA_Y1)
            mstore(add(pairs, 0x220), BETA_Y0)

            calldatacopy(add(pairs, 0x240), c, 0x40)
            mstore(add(pairs, 0x280), DELTA_X1)
            mstore(add(pairs, 0x2a0), DELTA_X0)
            mstore(add(pairs, 0x2c0), DELTA_Y1)
            mstore(add(pairs, 0x2e0), DELTA_Y0)

            // EIP-197. It fails for coordinates that are not below q and for what is not in the
            // groups; where it is missing, 0 stays.
            mstore(0, 0)
            valid := and(valid, staticcall(gas(), 8, pairs, 0x300, 0, 0x20))
            valid := and(valid, eq(mload(0), 1))
        }
    }
}
