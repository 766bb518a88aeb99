// Proves with rapidsnark on the lines that `compare` sends: rapidsnarkpeer <circuit.zkey> <witness.wtns> <folder>.
//
// The header of this version has only the call that takes the key's bytes, so every proof parses their sections.
// `verify` writes proof.json and public.json into the folder: whoever asked verifies them.
package main

import (
	"bufio"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"time"

	"github.com/iden3/go-rapidsnark/prover"
)

func main() {
	zkey, err := os.ReadFile(os.Args[1])
	check(err)
	witness, err := os.ReadFile(os.Args[2])
	check(err)
	folder := os.Args[3]

	var proof, public string
	fmt.Println("ready")
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		switch lines.Text() {
		case "prove":
			begin := time.Now()
			proof, public, err = prover.Groth16ProverRaw(zkey, witness)
			milliseconds := time.Since(begin).Seconds() * 1e3
			check(err)
			fmt.Printf("%.3f\n", milliseconds)
		case "verify":
			check(os.WriteFile(filepath.Join(folder, "proof.json"), []byte(proof), 0o644))
			check(os.WriteFile(filepath.Join(folder, "public.json"), []byte(public), 0o644))
			fmt.Println("written")
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
