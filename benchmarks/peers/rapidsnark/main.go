// Proves with rapidsnark on the lines that `compare` sends: rapidsnark <circuit.zkey> <witness.wtns> <folder>.
//
// The header of this version has only the call that takes the key's bytes, so every proof parses their sections.
// `check` writes proof.json and public.json into the folder: whoever asked verifies them.
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
		begin := time.Now()
		if lines.Text() == "run" {
			proof, public, err = prover.Groth16ProverRaw(zkey, witness)
			check(err)
		} else {
			check(os.WriteFile(filepath.Join(folder, "proof.json"), []byte(proof), 0o644))
			check(os.WriteFile(filepath.Join(folder, "public.json"), []byte(public), 0o644))
		}
		fmt.Printf("%.4f\n", time.Since(begin).Seconds()*1e3)
	}
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
