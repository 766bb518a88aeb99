pragma circom 2.1.6;

// Wires of one bit, as in comparators and hashes: from 32 bits on, two gates of three are XOR and one is AND, so that
// every three make a choice, g ^ (e & (f ^ g)). One constraint for each bit, gate, and for the output.
template Gates(n) {
    signal input a[32];
    signal input b;
    signal output out;
    signal w[32 + n];
    for (var i = 0; i < 32; i++) {
        a[i] * (a[i] - 1) === 0;
        w[i] <== a[i];
    }
    for (var k = 32; k < 32 + n; k++) {
        if (k % 3 == 0) {
            w[k] <== w[k - 32] + w[k - 25] - 2 * w[k - 32] * w[k - 25];
        } else if (k % 3 == 1) {
            w[k] <== w[k - 1] * w[k - 13];
        } else {
            w[k] <== w[k - 1] + w[k - 30] - 2 * w[k - 1] * w[k - 30];
        }
    }
    var packed = 0;
    for (var i = 0; i < 32; i++) {
        packed += w[n + i] * (1 << i);
    }
    out <== packed * b;
}
