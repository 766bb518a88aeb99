// Works with gnark on the lines that `compare` sends: gnark groth16 dense|bits <constraints>, gnark plonk dense <steps>,
// gnark msm|ntt|poseidon <n>.
package main

import (
	"bufio"
	"bytes"
	"fmt"
	"log"
	"math/big"
	"os"
	"runtime"
	"strconv"
	"sync"
	"time"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr/fft"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr/poseidon2"
	"github.com/consensys/gnark/backend/groth16"
	"github.com/consensys/gnark/backend/plonk"
	backend "github.com/consensys/gnark/backend/witness"
	"github.com/consensys/gnark/constraint"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/frontend/cs/r1cs"
	"github.com/consensys/gnark/frontend/cs/scs"
	"github.com/consensys/gnark/logger"
	"github.com/consensys/gnark/test/unsafekzg"
	"github.com/rs/zerolog"
)

// work is what is measured, and whether its last result is right.
type work interface {
	run()
	check() bool
}

// squares is fixtures/circuits/squares.circom: t[i] = t[i-1]^2 + b.
type squares struct {
	A   frontend.Variable
	B   frontend.Variable `gnark:",public"`
	Out frontend.Variable `gnark:",public"`

	steps int
}

func (c *squares) Define(api frontend.API) error {
	t := c.A
	for range c.steps {
		t = api.Add(api.Mul(t, t), c.B)
	}
	api.AssertIsEqual(c.Out, t)
	return nil
}

func (c *squares) output(field *big.Int) frontend.Circuit {
	a, _ := new(big.Int).SetString("1234567890123456789012345678901234567890", 10)
	b := big.NewInt(7)
	t := new(big.Int).Set(a)
	for range c.steps {
		t.Mul(t, t).Add(t, b).Mod(t, field)
	}
	return &squares{A: a, B: b, Out: t}
}

// gates is circuits/gates.circom.
type gates struct {
	A   [32]frontend.Variable
	B   frontend.Variable `gnark:",public"`
	Out frontend.Variable `gnark:",public"`

	count int
}

func (c *gates) Define(api frontend.API) error {
	w := make([]frontend.Variable, 0, 32+c.count)
	for _, a := range c.A {
		api.AssertIsBoolean(a)
		w = append(w, a)
	}
	for k := 32; k < 32+c.count; k++ {
		switch k % 3 {
		case 0:
			w = append(w, api.Xor(w[k-32], w[k-25]))
		case 1:
			w = append(w, api.And(w[k-1], w[k-13]))
		default:
			w = append(w, api.Xor(w[k-1], w[k-30]))
		}
	}
	packed := frontend.Variable(0)
	for i := range 32 {
		packed = api.Add(packed, api.Mul(w[c.count+i], uint64(1)<<i))
	}
	api.AssertIsEqual(c.Out, api.Mul(packed, c.B))
	return nil
}

func (c *gates) output(*big.Int) frontend.Circuit {
	const a = "10010111010001101110101000110101"
	result := &gates{B: 7}
	w := make([]uint64, 0, 32+c.count)
	for i := range 32 {
		w = append(w, uint64(a[i]-'0'))
		result.A[i] = w[i]
	}
	for k := 32; k < 32+c.count; k++ {
		switch k % 3 {
		case 0:
			w = append(w, w[k-32]^w[k-25])
		case 1:
			w = append(w, w[k-1]&w[k-13])
		default:
			w = append(w, w[k-1]^w[k-30])
		}
	}
	var packed uint64
	for i := range 32 {
		packed |= w[c.count+i] << i
	}
	result.Out = packed * 7
	return result
}

type proofs struct {
	system       constraint.ConstraintSystem
	provingKey   groth16.ProvingKey
	verifyingKey groth16.VerifyingKey
	witness      backend.Witness
	public       backend.Witness
	last         groth16.Proof
}

func newProofs(name string, constraints int) *proofs {
	// One constraint ties the output, where circom renames a wire: a step less makes as many constraints.
	var circuit interface {
		frontend.Circuit
		output(field *big.Int) frontend.Circuit
	}
	switch name {
	case "dense":
		circuit = &squares{steps: constraints - 1}
	case "bits":
		circuit = &gates{count: constraints - 34}
	default:
		log.Fatalf("no circuit %s", name)
	}
	field := ecc.BN254.ScalarField()
	var p proofs
	var err error
	p.system, err = frontend.Compile(field, r1cs.NewBuilder, circuit)
	check(err)
	if p.system.GetNbConstraints() != constraints {
		log.Fatalf("%d constraints instead of %d", p.system.GetNbConstraints(), constraints)
	}
	p.provingKey, p.verifyingKey, err = groth16.Setup(p.system)
	check(err)
	p.witness, err = frontend.NewWitness(circuit.output(field), field)
	check(err)
	p.public, err = p.witness.Public()
	check(err)
	return &p
}

func (p *proofs) run() {
	var err error
	p.last, err = groth16.Prove(p.system, p.provingKey, p.witness)
	check(err)
}

func (p *proofs) check() bool {
	return groth16.Verify(p.last, p.verifyingKey, p.public) == nil
}

// plonkProofs are of a step of squares for two gates, with powers of tau that gnark makes for tests.
type plonkProofs struct {
	system       constraint.ConstraintSystem
	provingKey   plonk.ProvingKey
	verifyingKey plonk.VerifyingKey
	witness      backend.Witness
	public       backend.Witness
	last         plonk.Proof
}

func newPlonkProofs(steps int) *plonkProofs {
	circuit := &squares{steps: steps}
	field := ecc.BN254.ScalarField()
	var p plonkProofs
	var err error
	p.system, err = frontend.Compile(field, scs.NewBuilder, circuit)
	check(err)
	fmt.Fprintf(os.Stderr, "gnark: %d gates and %d public signals\n", p.system.GetNbConstraints(),
		p.system.GetNbPublicVariables())
	powers, lagrange, err := unsafekzg.NewSRS(p.system)
	check(err)
	p.provingKey, p.verifyingKey, err = plonk.Setup(p.system, powers, lagrange)
	check(err)
	p.witness, err = frontend.NewWitness(circuit.output(field), field)
	check(err)
	p.public, err = p.witness.Public()
	check(err)
	return &p
}

func (p *plonkProofs) run() {
	var err error
	p.last, err = plonk.Prove(p.system, p.provingKey, p.witness)
	check(err)
}

func (p *plonkProofs) check() bool {
	return plonk.Verify(p.last, p.verifyingKey, p.public) == nil
}

func random(n int) []fr.Element {
	elements := make([]fr.Element, n)
	for i := range elements {
		_, err := elements[i].SetRandom()
		check(err)
	}
	return elements
}

type sums struct {
	logarithms []fr.Element
	scalars    []fr.Element
	points     []bn254.G1Affine
	last       bn254.G1Affine
}

func newSums(n int) *sums {
	_, _, generator, _ := bn254.Generators()
	s := &sums{logarithms: random(n), scalars: random(n)}
	s.points = bn254.BatchScalarMultiplicationG1(&generator, s.logarithms)
	return s
}

func (s *sums) run() {
	_, err := s.last.MultiExp(s.points, s.scalars, ecc.MultiExpConfig{})
	check(err)
}

func (s *sums) check() bool {
	var sum, product fr.Element
	for i := range s.scalars {
		sum.Add(&sum, product.Mul(&s.scalars[i], &s.logarithms[i]))
	}
	var scalar big.Int
	var expected bn254.G1Affine
	expected.ScalarMultiplicationBase(sum.BigInt(&scalar))
	return s.last.Equal(&expected)
}

// transforms are in the bit-reversed order that their owner chooses: from natural order, and the inverse back to it.
type transforms struct {
	domain *fft.Domain
	first  []fr.Element
	values []fr.Element
}

func newTransforms(n int) *transforms {
	first := random(n)
	return &transforms{fft.NewDomain(uint64(n)), first, append([]fr.Element{}, first...)}
}

func (t *transforms) run() {
	copy(t.values, t.first)
	t.domain.FFT(t.values, fft.DIF)
}

func (t *transforms) check() bool {
	t.domain.FFTInverse(t.values, fft.DIT)
	for i := range t.first {
		if !t.values[i].Equal(&t.first[i]) {
			return false
		}
	}
	return true
}

// hashes are compressions of two elements by Poseidon2, in gnark's parameters for them; it has no Poseidon.
type hashes struct {
	permutation *poseidon2.Permutation
	inputs      []fr.Element
	last        []fr.Element
}

func newHashes(n int) *hashes {
	return &hashes{poseidon2.NewPermutation(2, 6, 50), random(2 * n), make([]fr.Element, n)}
}

func (h *hashes) run() {
	var group sync.WaitGroup
	threads := runtime.GOMAXPROCS(0)
	n := len(h.last)
	for t := range threads {
		group.Add(1)
		go func() {
			defer group.Done()
			for i := n * t / threads; i < n*(t+1)/threads; i++ {
				state := [2]fr.Element{h.inputs[2*i], h.inputs[2*i+1]}
				check(h.permutation.Permutation(state[:]))
				h.last[i].Add(&state[1], &h.inputs[2*i+1])
			}
		}()
	}
	group.Wait()
}

func (h *hashes) check() bool {
	for i := 0; i < len(h.last); i += 97 {
		left, right, expected := h.inputs[2*i].Bytes(), h.inputs[2*i+1].Bytes(), h.last[i].Bytes()
		hash, err := h.permutation.Compress(left[:], right[:])
		check(err)
		if !bytes.Equal(hash, expected[:]) {
			return false
		}
	}
	return true
}

func main() {
	logger.Set(zerolog.New(os.Stderr).Level(zerolog.WarnLevel))
	size, err := strconv.Atoi(os.Args[len(os.Args)-1])
	check(err)
	var w work
	switch os.Args[1] {
	case "groth16":
		w = newProofs(os.Args[2], size)
	case "plonk":
		w = newPlonkProofs(size)
	case "msm":
		w = newSums(size)
	case "ntt":
		w = newTransforms(size)
	case "poseidon":
		w = newHashes(size)
	default:
		log.Fatalf("unknown work %s", os.Args[1])
	}
	fmt.Println("ready")
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		begin := time.Now()
		valid := true
		if lines.Text() == "run" {
			w.run()
		} else {
			valid = w.check()
		}
		milliseconds := time.Since(begin).Seconds() * 1e3
		if valid {
			fmt.Printf("%.4f\n", milliseconds)
		} else {
			fmt.Println("wrong")
		}
	}
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
