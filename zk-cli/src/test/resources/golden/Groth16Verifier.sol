// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.20;

/// @title Verifier of Groth16 proofs (ePrint 2016/260) over BN254, for one circuit
/// @notice Written by zk4j. SHA-256 of the verification key: 4d4312b894ce77d70059621f25567b0c0a206b698fcc97b854662a93bb2b976d.
/// @dev Proofs can be changed into other valid ones of the same statement: tell statements apart by
/// what their public signals say, such as a nullifier, and never by the bytes of a proof.
contract Groth16Verifier {
    /// The order of the groups: public signals are below it.
    uint256 private constant R = 21888242871839275222246405745257275088548364400416034343698204186575808495617;

    /// The key; alpha, gamma and delta are negated.
    uint256 private constant ALPHA_X = 9089658197321671095696053697448850951518503780957737466575770435182191283209;
    uint256 private constant ALPHA_Y = 21364980325664850458700893719944875957542921007769969072869893905296821901927;
    uint256 private constant BETA_X1 = 16432610570334350518052027673746878465855107072125804447982631495055289709051;
    uint256 private constant BETA_X0 = 17218119755205177001528567601759950697139430434730876263531678008711826943286;
    uint256 private constant BETA_Y1 = 1920043456965831992045204236188201622885221487371506301774737511527055179349;
    uint256 private constant BETA_Y0 = 16596066675831923851169071878142120895539060614521153900112806553295586544664;
    uint256 private constant GAMMA_X1 = 11559732032986387107991004021392285783925812861821192530917403151452391805634;
    uint256 private constant GAMMA_X0 = 10857046999023057135944570762232829481370756359578518086990519993285655852781;
    uint256 private constant GAMMA_Y1 = 17805874995975841540914202342111839520379459829704422454583296818431106115052;
    uint256 private constant GAMMA_Y0 = 13392588948715843804641432497768002650278120570034223513918757245338268106653;
    uint256 private constant DELTA_X1 = 18527894845791406046035442870791803292006852192625702946172832157963609847679;
    uint256 private constant DELTA_X0 = 3141022218541307225633396636258503882450866414025942870058509457739253931410;
    uint256 private constant DELTA_Y1 = 13090812198095822995482867296488412504857586669618791998183596148822997774469;
    uint256 private constant DELTA_Y0 = 1848061491247516109807148179639776813685735288026801794459562050434790522930;
    uint256 private constant IC0_X = 4368630329543288467188877082728289333231363481197676081615435282445946654777;
    uint256 private constant IC0_Y = 1604712179906759933282847403834768350840219365941707072845892931065831494722;
    uint256 private constant IC1_X = 4012130963583214380686612073740605113339335427549679439253673829101485444798;
    uint256 private constant IC1_Y = 12717774891261955002885090756103387463703673337727296343764391910387515535873;

    /// @notice Whether a proof of a statement holds. False for whatever is no proof: numbers out of
    /// range, points off the curve or the subgroup, an equation that does not hold.
    /// @param a the proof's first point
    /// @param b the second one, the imaginary parts of its coordinates first
    /// @param c the third one
    /// @param signals the public ones, outputs first
    function verifyProof(
        uint256[2] calldata a,
        uint256[2][2] calldata b,
        uint256[2] calldata c,
        uint256[1] calldata signals
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
            valid := and(valid, accumulate(pairs, IC1_X, IC1_Y, calldataload(add(signals, 0x0))))

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
