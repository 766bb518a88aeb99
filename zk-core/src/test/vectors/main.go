// Writes the conformance vectors of BN254 that the tests of zk-core read, by gnark-crypto's arithmetic (the version in go.mod).
//
// Needs Go; run in this folder: go run . ../resources/vectors
//
// Numbers are hexadecimal, most significant byte first, 32 bytes each; points are in Ethereum's form (EIP-196, EIP-197); a vector is
// its elements one after the other. The same run writes the same bytes.
package main

import (
	"encoding/csv"
	"encoding/hex"
	"log"
	"math/big"
	"math/rand/v2"
	"os"
	"path/filepath"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fp"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr/fft"
)

var (
	random       = rand.NewChaCha8([32]byte([]byte("zk4j conformance vectors, BN254.")))
	_, _, g1, g2 = bn254.Generators()
)

func main() {
	write("field.csv", fields())
	write("G1_add.csv", g1Sums())
	write("G2_add.csv", g2Sums())
	write("G1_mul.csv", g1Products())
	write("G2_mul.csv", g2Products())
	write("compressed.csv", compressed())
	write("pairing.csv", pairings())
	write("ntt.csv", transforms())
	write("msm.csv", multiScalarSums())
}

func write(name string, rows [][]string) {
	file, err := os.Create(filepath.Join(os.Args[1], name))
	check(err)
	check(csv.NewWriter(file).WriteAll(rows))
	check(file.Close())
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

// number is uniform below 2^320, enough to be close to uniform modulo a prime of 254 bits.
func number() *big.Int {
	bytes := make([]byte, 40)
	random.Read(bytes)
	return new(big.Int).SetBytes(bytes)
}

// edges are 0, 1, 2, the primes' ends and middles, and powers of two about the edges of limbs.
func edges(p *big.Int) []*big.Int {
	one := big.NewInt(1)
	half := new(big.Int).Rsh(p, 1)
	values := []*big.Int{
		big.NewInt(0), one, big.NewInt(2), new(big.Int).Sub(p, one), new(big.Int).Sub(p, big.NewInt(2)), half,
		new(big.Int).Add(half, one),
	}
	for _, bits := range []uint{51, 52, 64, 104, 208, 253} {
		power := new(big.Int).Lsh(one, bits)
		values = append(values, power, new(big.Int).Sub(power, one))
	}
	return values
}

func hex32(x *big.Int) string {
	return hex.EncodeToString(x.FillBytes(make([]byte, 32)))
}

// fields has a, b, a + b, a - b, a * b, 1 / a (0 for 0).
func fields() [][]string {
	rows := [][]string{{"field", "a", "b", "sum", "difference", "product", "inverse"}}
	pairs := func(p *big.Int, row func(a, b *big.Int)) {
		values := edges(p)
		for i, a := range values {
			row(a, values[(i+3)%len(values)])
			row(a, a)
			row(a, number())
			row(number(), number())
		}
	}
	pairs(fp.Modulus(), func(a, b *big.Int) {
		var x, y, sum, difference, product, inverse fp.Element
		x.SetBigInt(a)
		y.SetBigInt(b)
		sum.Add(&x, &y)
		difference.Sub(&x, &y)
		product.Mul(&x, &y)
		inverse.Inverse(&x)
		rows = append(rows, []string{"Fq", hexFq(x), hexFq(y), hexFq(sum), hexFq(difference), hexFq(product), hexFq(inverse)})
	})
	pairs(fr.Modulus(), func(a, b *big.Int) {
		var x, y, sum, difference, product, inverse fr.Element
		x.SetBigInt(a)
		y.SetBigInt(b)
		sum.Add(&x, &y)
		difference.Sub(&x, &y)
		product.Mul(&x, &y)
		inverse.Inverse(&x)
		rows = append(rows, []string{"Fr", hexFr(x), hexFr(y), hexFr(sum), hexFr(difference), hexFr(product), hexFr(inverse)})
	})
	return rows
}

func hexFq(x fp.Element) string {
	bytes := x.Bytes()
	return hex.EncodeToString(bytes[:])
}

func hexFr(x fr.Element) string {
	bytes := x.Bytes()
	return hex.EncodeToString(bytes[:])
}

func hexG1(p bn254.G1Affine) string {
	bytes := p.RawBytes()
	return hex.EncodeToString(bytes[:])
}

func hexG2(p bn254.G2Affine) string {
	bytes := p.RawBytes()
	return hex.EncodeToString(bytes[:])
}

// g1Points are infinity, the generator, its opposite, and others.
func g1Points(count int) []bn254.G1Affine {
	points := make([]bn254.G1Affine, count)
	points[1] = g1
	points[2].Neg(&g1)
	for i := 3; i < count; i++ {
		points[i].ScalarMultiplicationBase(number())
	}
	return points
}

func g2Points(count int) []bn254.G2Affine {
	points := make([]bn254.G2Affine, count)
	points[1] = g2
	points[2].Neg(&g2)
	for i := 3; i < count; i++ {
		points[i].ScalarMultiplicationBase(number())
	}
	return points
}

func g1Sums() [][]string {
	rows := [][]string{{"p", "q", "sum"}}
	for _, p := range g1Points(7) {
		for _, q := range append(g1Points(5), p) {
			var sum bn254.G1Affine
			sum.Add(&p, &q)
			rows = append(rows, []string{hexG1(p), hexG1(q), hexG1(sum)})
		}
	}
	return rows
}

func g2Sums() [][]string {
	rows := [][]string{{"p", "q", "sum"}}
	for _, p := range g2Points(7) {
		for _, q := range append(g2Points(5), p) {
			var sum bn254.G2Affine
			sum.Add(&p, &q)
			rows = append(rows, []string{hexG2(p), hexG2(q), hexG2(sum)})
		}
	}
	return rows
}

func scalars() []*big.Int {
	values := edges(fr.Modulus())
	for range 5 {
		values = append(values, new(big.Int).Mod(number(), fr.Modulus()))
	}
	return values
}

func g1Products() [][]string {
	rows := [][]string{{"p", "scalar", "product"}}
	points := g1Points(5)
	for i, scalar := range scalars() {
		for _, p := range []bn254.G1Affine{g1, points[i%5]} {
			var product bn254.G1Affine
			product.ScalarMultiplication(&p, scalar)
			rows = append(rows, []string{hexG1(p), hex32(scalar), hexG1(product)})
		}
	}
	return rows
}

func g2Products() [][]string {
	rows := [][]string{{"p", "scalar", "product"}}
	points := g2Points(5)
	for i, scalar := range scalars() {
		for _, p := range []bn254.G2Affine{g2, points[i%5]} {
			var product bn254.G2Affine
			product.ScalarMultiplication(&p, scalar)
			rows = append(rows, []string{hexG2(p), hex32(scalar), hexG2(product)})
		}
	}
	return rows
}

func compressed() [][]string {
	rows := [][]string{{"group", "point", "compressed"}}
	for _, p := range g1Points(20) {
		bytes := p.Bytes()
		rows = append(rows, []string{"G1", hexG1(p), hex.EncodeToString(bytes[:])})
	}
	for _, p := range g2Points(20) {
		bytes := p.Bytes()
		rows = append(rows, []string{"G2", hexG2(p), hex.EncodeToString(bytes[:])})
	}
	return rows
}

// pairings has e(p, q) as its twelve coefficients in the order of Fq12 = Fq6[w], Fq6 = Fq2[v], Fq2 = Fq[u].
func pairings() [][]string {
	rows := [][]string{{"p", "q", "e"}}
	q := g2Points(6)
	for i, p := range g1Points(6) {
		for _, other := range []bn254.G2Affine{q[i], g2} {
			e, err := bn254.Pair([]bn254.G1Affine{p}, []bn254.G2Affine{other})
			check(err)
			text := ""
			for _, c6 := range []bn254.E6{e.C0, e.C1} {
				for _, c2 := range []bn254.E2{c6.B0, c6.B1, c6.B2} {
					text += hexFq(c2.A0) + hexFq(c2.A1)
				}
			}
			rows = append(rows, []string{hexG1(p), hexG2(other), text})
		}
	}
	return rows
}

// transforms has the values at shift * w^i of the polynomial with given coefficients.
func transforms() [][]string {
	rows := [][]string{{"shift", "coefficients", "values"}}
	for _, shift := range []uint64{1, 5, 7} {
		for logSize := range 7 {
			size := 1 << logSize
			var element fr.Element
			element.SetUint64(shift)
			domain := fft.NewDomain(uint64(size), fft.WithShift(element))
			coefficients := make([]fr.Element, size)
			for i := range coefficients {
				coefficients[i].SetBigInt(number())
			}
			values := append([]fr.Element(nil), coefficients...)
			domain.FFT(values, fft.DIF, fft.OnCoset())
			fft.BitReverse(values)
			rows = append(rows, []string{hexFr(element), hexFrs(coefficients), hexFrs(values)})
		}
	}
	return rows
}

func hexFrs(vector []fr.Element) string {
	text := ""
	for _, x := range vector {
		text += hexFr(x)
	}
	return text
}

func multiScalarSums() [][]string {
	rows := [][]string{{"group", "points", "scalars", "sum"}}
	for _, size := range []int{3, 8, 40} {
		weights := make([]fr.Element, size)
		for i, scalar := range scalars()[:min(size, 24)] {
			weights[i].SetBigInt(scalar)
		}
		for i := 24; i < size; i++ {
			weights[i].SetBigInt(number())
		}
		text1, text2 := "", ""
		p := g1Points(size)
		q := g2Points(size)
		for i := range size {
			text1 += hexG1(p[i])
			text2 += hexG2(q[i])
		}
		var sum1 bn254.G1Affine
		var sum2 bn254.G2Affine
		_, err := sum1.MultiExp(p, weights, ecc.MultiExpConfig{})
		check(err)
		_, err = sum2.MultiExp(q, weights, ecc.MultiExpConfig{})
		check(err)
		rows = append(rows, []string{"G1", text1, hexFrs(weights), hexG1(sum1)})
		rows = append(rows, []string{"G2", text2, hexFrs(weights), hexG2(sum2)})
	}
	return rows
}
