// Proves with gnark on the lines that `compare` sends: gnarkpeer dense <constraints>.
package main

import (
	"bufio"
	"fmt"
	"log"
	"math/big"
	"os"
	"strconv"
	"time"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark/backend/groth16"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/frontend/cs/r1cs"
	"github.com/consensys/gnark/logger"
	"github.com/rs/zerolog"
)

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

func main() {
	logger.Set(zerolog.New(os.Stderr).Level(zerolog.WarnLevel))
	constraints, err := strconv.Atoi(os.Args[2])
	check(err)
	if os.Args[1] != "dense" {
		log.Fatalf("no circuit %s", os.Args[1])
	}
	// One constraint ties the output, where circom renames a wire: a step less makes as many constraints.
	steps := constraints - 1
	field := ecc.BN254.ScalarField()
	system, err := frontend.Compile(field, r1cs.NewBuilder, &squares{steps: steps})
	check(err)
	if system.GetNbConstraints() != constraints {
		log.Fatalf("%d constraints instead of %d", system.GetNbConstraints(), constraints)
	}
	provingKey, verifyingKey, err := groth16.Setup(system)
	check(err)

	a, _ := new(big.Int).SetString("1234567890123456789012345678901234567890", 10)
	b := big.NewInt(7)
	t := new(big.Int).Set(a)
	for range steps {
		t.Mul(t, t).Add(t, b).Mod(t, field)
	}
	witness, err := frontend.NewWitness(&squares{A: a, B: b, Out: t}, field)
	check(err)
	public, err := witness.Public()
	check(err)

	var proof groth16.Proof
	fmt.Println("ready")
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		switch lines.Text() {
		case "prove":
			begin := time.Now()
			proof, err = groth16.Prove(system, provingKey, witness)
			milliseconds := time.Since(begin).Seconds() * 1e3
			check(err)
			fmt.Printf("%.3f\n", milliseconds)
		case "verify":
			check(groth16.Verify(proof, verifyingKey, public))
			fmt.Println("ok")
		default:
			log.Fatalf("unknown command %s", lines.Text())
		}
	}
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
