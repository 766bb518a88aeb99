// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.20;

/// @title Register of proofs about windows of readings
/// @notice Takes a Groth16 proof of a statement of zk-stream once, if it is what a policy asks for, and
/// says so in an event. Statements are told apart by their nullifiers.
/// @dev Public signals are those of zk-stream's statements: holds, pseudonym, nullifier, challenge,
/// audience, enrolment, start, minimumPresent, and the statement's parameters. The challenge is the
/// sender's address, so that nobody else can hand in a proof that they saw on its way.
contract ProofRegistry {
    /// What is asked for. A policy is never changed: withdraw it, and add another.
    struct Policy {
        /// The contract that verifies, with this selector of its verifyProof.
        address verifier;
        bytes4 selector;
        /// How long a window is, in milliseconds, and how many seconds ago it may have ended.
        uint64 windowMilliseconds;
        uint64 maxAge;
        /// The least number of readings.
        uint64 minimumPresent;
        /// Who is to be convinced, and the tree of devices.
        uint256 audience;
        uint256 enrolment;
        /// Keccak-256 of the parameters, 32 bytes each.
        bytes32 parameters;
    }

    uint256 private constant SIGNALS = 8; // before the parameters

    address public immutable owner;
    mapping(uint256 => Policy) public policies;
    mapping(uint256 => bool) public isUsed;

    event Accepted(
        uint256 indexed policyId, uint256 indexed nullifier, uint256 pseudonym, uint256 windowEnd, address sender
    );
    event PolicyAdded(uint256 indexed policyId, address verifier);
    event PolicyWithdrawn(uint256 indexed policyId);

    error NotTheOwner();
    error UnknownPolicy();
    error PolicyExists();
    error NotAsked(uint256 signal);
    error NotYours();
    error Replayed();
    error Stale();
    error NotOver();
    error InvalidProof();

    modifier onlyOwner() {
        if (msg.sender != owner) revert NotTheOwner();
        _;
    }

    constructor() {
        owner = msg.sender;
    }

    function addPolicy(uint256 policyId, Policy calldata policy) external onlyOwner {
        if (policies[policyId].verifier != address(0)) revert PolicyExists();
        policies[policyId] = policy;
        emit PolicyAdded(policyId, policy.verifier);
    }

    /// @notice A policy that is withdrawn accepts nothing; its identity is free again.
    function withdrawPolicy(uint256 policyId) external onlyOwner {
        delete policies[policyId];
        emit PolicyWithdrawn(policyId);
    }

    /// @notice Accepts a proof, or reverts with what is wrong.
    /// @param policyId of the policy that it is for
    /// @param a the proof's first point
    /// @param b the second one
    /// @param c the third one
    /// @param signals the public signals
    function submit(
        uint256 policyId,
        uint256[2] calldata a,
        uint256[2][2] calldata b,
        uint256[2] calldata c,
        uint256[] calldata signals
    ) external {
        Policy memory policy = policies[policyId];
        if (policy.verifier == address(0)) revert UnknownPolicy();
        uint256 windowEnd = check(policy, signals);
        if (isUsed[signals[2]]) revert Replayed();
        bytes memory call = abi.encodePacked(policy.selector, a, b[0], b[1], c, signals);
        (bool success, bytes memory result) = policy.verifier.staticcall(call);
        if (!success || result.length != 32 || abi.decode(result, (uint256)) != 1) revert InvalidProof();
        isUsed[signals[2]] = true;
        emit Accepted(policyId, signals[2], signals[1], windowEnd, msg.sender);
    }

    /// Whether the signals are what the policy asks for, from the sender, now. When the window ended,
    /// in seconds.
    function check(Policy memory policy, uint256[] calldata signals) private view returns (uint256) {
        if (signals.length < SIGNALS) revert NotAsked(signals.length);
        if (signals[0] != 1) revert NotAsked(0);
        if (signals[3] != uint160(msg.sender)) revert NotYours();
        if (signals[4] != policy.audience) revert NotAsked(4);
        if (signals[5] != policy.enrolment) revert NotAsked(5);
        if (signals[6] > type(uint64).max) revert NotAsked(6);
        if (signals[7] < policy.minimumPresent) revert NotAsked(7);
        if (keccak256(abi.encodePacked(signals[SIGNALS:])) != policy.parameters) revert NotAsked(SIGNALS);
        uint256 windowEnd = (signals[6] + policy.windowMilliseconds + 999) / 1000;
        if (windowEnd > block.timestamp) revert NotOver();
        if (block.timestamp - windowEnd > policy.maxAge) revert Stale();
        return windowEnd;
    }
}
