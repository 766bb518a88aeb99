// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.20;

/// @title Verifier of PLONK proofs (ePrint 2019/953) over BN254, for one circuit
/// @notice Written by zk4j, with the transcript of snarkjs.
/// @dev Tell statements apart by what their public signals say, such as a nullifier, and never by the
/// bytes of a proof.
contract PlonkVerifier {
    /// The order of the groups: public signals and evaluations are below it.
    uint256 private constant R = 21888242871839275222246405745257275088548364400416034343698204186575808495617;
    /// The field of coordinates.
    uint256 private constant Q = 21888242871839275222246405745257275088696311157297823662689037894645226208583;
    /// The size of the domain, its inverse, and the domain's generator.
    uint256 private constant N = 8;
    uint256 private constant N_INVERSE = 19152212512859365819465605027100115702479818850364030050735928663253832433665;
    uint256 private constant W = 19540430494807482326159819597004422086093766032135589407132600596362845576832;
    /// The cosets of the second and the third wires.
    uint256 private constant K1 = 2;
    uint256 private constant K2 = 3;

    /// The key: commitments to the selectors and to the permutation, and tau in G2.
    uint256 private constant QM_X = 13887637032962250374233728138598188097822869106713320363446623655941166364076;
    uint256 private constant QM_Y = 2529524148878151023492829715929288283060320002596292495636781227398750185259;
    uint256 private constant QL_X = 679454760571189970375370948349144095981184293740207843762050797110018948874;
    uint256 private constant QL_Y = 19658553343532954286704668925531157228558437384492352578458196562655085929191;
    uint256 private constant QR_X = 9509626482591893270283057606373083390413319553536713084255346539251636820655;
    uint256 private constant QR_Y = 15278593699459645615080231877007748055441988669541684929763075264989282838378;
    uint256 private constant QO_X = 3825754358606567505250102562056944854558550476517657420808077706011709943108;
    uint256 private constant QO_Y = 6968272753900920654181381161160914101487676666570929123254507649104865265384;
    uint256 private constant QC_X = 9509626482591893270283057606373083390413319553536713084255346539251636820655;
    uint256 private constant QC_Y = 15278593699459645615080231877007748055441988669541684929763075264989282838378;
    uint256 private constant S1_X = 17305583722667640107689656609448865599902226353450097951099837298402837467647;
    uint256 private constant S1_Y = 20982241436659801392612604498768006266025103527091676774112813631836908306004;
    uint256 private constant S2_X = 17159116414360873054068395866867184533584401159921313053061896387469259759100;
    uint256 private constant S2_Y = 9379491890949723992558678098856015589723966900736973678590150933161169374206;
    uint256 private constant S3_X = 954006955377871744159324310208431531377706866466903428444979758077217723510;
    uint256 private constant S3_Y = 13967973005689618536175781183103838528689778828856962857183259342225277872951;
    uint256 private constant TAU_X1 = 18049271022064077012935173524095191646572763299016296597311835471913836132708;
    uint256 private constant TAU_X0 = 21326574596585331876492854584453247223381165835807654545562893001442665922237;
    uint256 private constant TAU_Y1 = 1356863657290300851717992773432305473475280366040224048003625319995387657731;
    uint256 private constant TAU_Y0 = 7919012223257766917930899129479492828978419938904058364125524164144187977351;
    /// Minus the generator of G2.
    uint256 private constant G2_X1 = 11559732032986387107991004021392285783925812861821192530917403151452391805634;
    uint256 private constant G2_X0 = 10857046999023057135944570762232829481370756359578518086990519993285655852781;
    uint256 private constant G2_Y1 = 17805874995975841540914202342111839520379459829704422454583296818431106115052;
    uint256 private constant G2_Y0 = 13392588948715843804641432497768002650278120570034223513918757245338268106653;

    /// What a verification draws and computes: challenges; xi^n and xi^n - 1; the first Lagrange
    /// polynomial and that of the public signals at xi.
    struct State {
        uint256 beta;
        uint256 gamma;
        uint256 alpha;
        uint256 xi;
        uint256 v;
        uint256 u;
        uint256 xiN;
        uint256 zh;
        uint256 l1;
        uint256 pi;
    }

    /// @notice Whether a proof of a statement holds. False for whatever is no proof: numbers out of
    /// range, points off the curve, an equation that does not hold.
    /// @param proof the points A, B, C, Z, T1, T2, T3, Wxi and Wxiw, and a, b, c, s1, s2 and zw
    /// @param signals the public ones, outputs first
    function verifyProof(uint256[24] calldata proof, uint256[1] calldata signals)
        public
        view
        returns (bool)
    {
        for (uint256 i = 0; i < 18; i += 2) {
            if (!isPoint(proof[i], proof[i + 1])) return false;
        }
        for (uint256 i = 18; i < 24; i++) {
            if (proof[i] >= R) return false;
        }
        for (uint256 i = 0; i < 1; i++) {
            if (signals[i] >= R) return false;
        }
        State memory s;
        draw(s, proof, signals);
        return evaluate(s, signals) && opens(s, proof);
    }

    /// The challenges: each the hash of what was said since the one before, which counts with it.
    function draw(State memory s, uint256[24] calldata proof, uint256[1] calldata signals)
        private
        pure
    {
        assembly ("memory-safe") {
            let m := mload(0x40)
            mstore(add(m, 0x0), QM_X)
            mstore(add(m, 0x20), QM_Y)
            mstore(add(m, 0x40), QL_X)
            mstore(add(m, 0x60), QL_Y)
            mstore(add(m, 0x80), QR_X)
            mstore(add(m, 0xa0), QR_Y)
            mstore(add(m, 0xc0), QO_X)
            mstore(add(m, 0xe0), QO_Y)
            mstore(add(m, 0x100), QC_X)
            mstore(add(m, 0x120), QC_Y)
            mstore(add(m, 0x140), S1_X)
            mstore(add(m, 0x160), S1_Y)
            mstore(add(m, 0x180), S2_X)
            mstore(add(m, 0x1a0), S2_Y)
            mstore(add(m, 0x1c0), S3_X)
            mstore(add(m, 0x1e0), S3_Y)
            calldatacopy(add(m, 0x200), signals, 0x20)
            calldatacopy(add(m, 0x220), proof, 0xc0)
            let challenge := mod(keccak256(m, 0x2e0), R)
            mstore(s, challenge) // beta

            mstore(m, challenge)
            challenge := mod(keccak256(m, 0x20), R)
            mstore(add(s, 0x20), challenge) // gamma

            mstore(add(m, 0x20), challenge)
            calldatacopy(add(m, 0x40), add(proof, 0xc0), 0x40)
            challenge := mod(keccak256(m, 0x80), R)
            mstore(add(s, 0x40), challenge) // alpha

            mstore(m, challenge)
            calldatacopy(add(m, 0x20), add(proof, 0x100), 0xc0)
            challenge := mod(keccak256(m, 0xe0), R)
            mstore(add(s, 0x60), challenge) // xi

            mstore(m, challenge)
            calldatacopy(add(m, 0x20), add(proof, 0x240), 0xc0)
            mstore(add(s, 0x80), mod(keccak256(m, 0xe0), R)) // v

            calldatacopy(m, add(proof, 0x1c0), 0x80)
            mstore(add(s, 0xa0), mod(keccak256(m, 0x80), R)) // u
        }
    }

    /// What is known at xi without the proof. False if xi is in the domain.
    function evaluate(State memory s, uint256[1] calldata signals) private view returns (bool) {
        unchecked {
            uint256 power = s.xi;
            for (uint256 i = N; i > 1; i >>= 1) {
                power = mulmod(power, power, R);
            }
            s.xiN = power;
            s.zh = minus(power, 1);
            if (s.zh == 0) return false;

            // L_i(xi) = w^i (xi^n - 1) / (n (xi - w^i)), all divided at once.
            uint256[1] memory products;
            uint256 product = 1;
            uint256 w = 1;
            for (uint256 i = 0; i < 1; i++) {
                products[i] = product;
                product = mulmod(product, minus(s.xi, w), R);
                w = mulmod(w, W, R);
            }
            uint256 inverse = mulmod(invert(product), mulmod(s.zh, N_INVERSE, R), R);
            uint256 wInverse = invert(W);
            for (uint256 i = 1; i > 0; i--) {
                w = mulmod(w, wInverse, R);
                uint256 l = mulmod(w, mulmod(inverse, products[i - 1], R), R);
                inverse = mulmod(inverse, minus(s.xi, w), R);
                s.pi = minus(s.pi, mulmod(signals[i - 1], l, R));
                if (i == 1) s.l1 = l;
            }
            return true;
        }
    }

    /// Whether the opening of all at xi and xi w holds: e(Wxi + u Wxiw, tau) = e(F, 1).
    function opens(State memory s, uint256[24] calldata proof) private view returns (bool ok) {
        unchecked {
            uint256[7] memory f; // a sum, and room for what is added
            ok = add(f, QM_X, QM_Y, mulmod(proof[18], proof[19], R)) && add(f, QL_X, QL_Y, proof[18])
                && add(f, QR_X, QR_Y, proof[19]) && add(f, QO_X, QO_Y, proof[20])
                && add(f, QC_X, QC_Y, 1);

            uint256 l1Alpha2 = mulmod(s.l1, mulmod(s.alpha, s.alpha, R), R);
            uint256 factor = plus(mulmod(identity(s, proof), s.alpha, R), l1Alpha2);
            ok = ok && add(f, proof[6], proof[7], plus(factor, s.u)); // Z

            uint256 permuted = permutation(s, proof);
            ok = ok && add(f, S3_X, S3_Y, minus(0, mulmod(permuted, s.beta, R)));

            factor = minus(0, s.zh);
            for (uint256 i = 8; i < 14; i += 2) {
                ok = ok && add(f, proof[i], proof[i + 1], factor); // T1, T2, T3
                factor = mulmod(factor, s.xiN, R);
            }

            permuted = mulmod(permuted, plus(proof[20], s.gamma), R);
            uint256 e = minus(mulmod(s.u, proof[23], R), minus(s.pi, plus(l1Alpha2, permuted)));
            factor = 1;
            for (uint256 i = 0; i < 5; i++) {
                factor = mulmod(factor, s.v, R);
                e = plus(e, mulmod(factor, proof[18 + i], R));
                if (i < 3) {
                    ok = ok && add(f, proof[2 * i], proof[2 * i + 1], factor); // A, B, C
                } else if (i == 3) {
                    ok = ok && add(f, S1_X, S1_Y, factor);
                } else {
                    ok = ok && add(f, S2_X, S2_Y, factor);
                }
            }
            ok = ok && add(f, 1, 2, minus(0, e));

            ok = ok && add(f, proof[14], proof[15], s.xi);
            ok = ok && add(f, proof[16], proof[17], mulmod(mulmod(s.u, s.xi, R), W, R));
            uint256[7] memory opened;
            ok = ok && add(opened, proof[14], proof[15], 1) && add(opened, proof[16], proof[17], s.u);
            ok = ok && paired(opened, f);
        }
    }

    /// (a + beta xi + gamma) (b + beta k1 xi + gamma) (c + beta k2 xi + gamma)
    function identity(State memory s, uint256[24] calldata proof) private pure returns (uint256) {
        uint256 betaXi = mulmod(s.beta, s.xi, R);
        uint256 product = plus(proof[18], plus(betaXi, s.gamma));
        product = mulmod(product, plus(proof[19], plus(mulmod(betaXi, K1, R), s.gamma)), R);
        return mulmod(product, plus(proof[20], plus(mulmod(betaXi, K2, R), s.gamma)), R);
    }

    /// (a + beta s1 + gamma) (b + beta s2 + gamma) zw alpha
    function permutation(State memory s, uint256[24] calldata proof) private pure returns (uint256) {
        uint256 product = plus(proof[18], plus(mulmod(s.beta, proof[21], R), s.gamma));
        product =
            mulmod(product, plus(proof[19], plus(mulmod(s.beta, proof[22], R), s.gamma)), R);
        return mulmod(product, mulmod(proof[23], s.alpha, R), R);
    }

    /// Whether it is a point of G1, or zeros for infinity. The precompiles would see it too, but take
    /// all gas for what is none.
    function isPoint(uint256 x, uint256 y) private pure returns (bool) {
        if (x >= Q || y >= Q) return false;
        return (x | y) == 0 || mulmod(y, y, Q) == addmod(mulmod(mulmod(x, x, Q), x, Q), 3, Q);
    }

    function plus(uint256 x, uint256 y) private pure returns (uint256) {
        return addmod(x, y, R);
    }

    function minus(uint256 x, uint256 y) private pure returns (uint256) {
        unchecked {
            return addmod(x, R - y, R);
        }
    }

    /// x^(R - 2), by EIP-198's precompile. 0 where that fails.
    function invert(uint256 x) private view returns (uint256 result) {
        assembly ("memory-safe") {
            let m := mload(0x40)
            mstore(m, 0x20)
            mstore(add(m, 0x20), 0x20)
            mstore(add(m, 0x40), 0x20)
            mstore(add(m, 0x60), x)
            mstore(add(m, 0x80), sub(R, 2))
            mstore(add(m, 0xa0), R)
            mstore(0, 0)
            pop(staticcall(gas(), 5, m, 0xc0, 0, 0x20))
            result := mload(0)
        }
    }

    /// Adds factor * (x, y) to the point that the first two words are, by EIP-196's precompiles.
    function add(uint256[7] memory sum, uint256 x, uint256 y, uint256 factor)
        private
        view
        returns (bool ok)
    {
        assembly ("memory-safe") {
            let product := add(sum, 0x40)
            mstore(product, x)
            mstore(add(product, 0x20), y)
            mstore(add(product, 0x40), factor)
            ok := staticcall(gas(), 7, product, 0x60, product, 0x40)
            ok := and(ok, staticcall(gas(), 6, sum, 0x80, sum, 0x40))
        }
    }

    /// Whether e(left, tau) e(right, -1) = 1, by EIP-197's precompile. False where that fails.
    function paired(uint256[7] memory left, uint256[7] memory right) private view returns (bool ok) {
        assembly ("memory-safe") {
            let m := mload(0x40)
            mstore(m, mload(left))
            mstore(add(m, 0x20), mload(add(left, 0x20)))
            mstore(add(m, 0x40), TAU_X1)
            mstore(add(m, 0x60), TAU_X0)
            mstore(add(m, 0x80), TAU_Y1)
            mstore(add(m, 0xa0), TAU_Y0)
            mstore(add(m, 0xc0), mload(right))
            mstore(add(m, 0xe0), mload(add(right, 0x20)))
            mstore(add(m, 0x100), G2_X1)
            mstore(add(m, 0x120), G2_X0)
            mstore(add(m, 0x140), G2_Y1)
            mstore(add(m, 0x160), G2_Y0)
            mstore(0, 0)
            ok := staticcall(gas(), 8, m, 0x180, 0, 0x20)
            ok := and(ok, eq(mload(0), 1))
        }
    }
}
