package zk4j.r1cs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringReader;
import java.util.Collections;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;
import zk4j.bn254.Fr;
import zk4j.bn254.FrVector;
import zk4j.bn254.SparseMatrix;
import zk4j.circuit.CompiledCircuit;
import zk4j.circuit.PoseidonCircuit;
import zk4j.circuit.Simplification;
import zk4j.r1cs.ConstraintReport.Part;

class ConstraintReportTest {
  private static ConstraintReport report(String... paths) {
    return ConstraintReport.of(
        "main", paths.length, i -> paths[i].isEmpty() ? List.of() : List.of(paths[i].split("/")));
  }

  @Test
  void partsAreCounted() {
    ConstraintReport report = report("", "a/b[0]", "a/b[1]", "a/b[1]", "a", "c", "");
    Part root = report.root();
    assertEquals(7, root.total());
    assertEquals(2, root.own());
    assertEquals(List.of("a", "c"), root.parts().stream().map(Part::name).toList());
    Part a = root.parts().get(0);
    assertEquals(new Part("b[*]", 2, 3, 3, List.of()), a.parts().get(0));
    assertEquals(1, a.own());
    assertEquals(
        List.of(
            "        7 100.0 %  main",
            "        4  57.1 %    a",
            "        3  42.9 %      b[*] x 2",
            "        1  14.3 %      (itself)",
            "        1  14.3 %    (1 smaller)",
            "        2  28.6 %    (itself)"),
        report.lines(0.2));
    assertEquals(List.of("        0   0.0 %  main"), report().lines(0.01));
  }

  /** A matrix of which each row has some wires. */
  private static SparseMatrix matrix(int wires, int[][] rows) {
    int[] starts = new int[rows.length + 1];
    for (int row = 0; row < rows.length; row++) {
      starts[row + 1] = starts[row] + rows[row].length;
    }
    int[] columns = new int[starts[rows.length]];
    for (int row = 0; row < rows.length; row++) {
      System.arraycopy(rows[row], 0, columns, starts[row], rows[row].length);
    }
    FrVector ones = FrVector.copyOf(Collections.nCopies(columns.length, Fr.ONE));
    return SparseMatrix.of(wires, starts, columns, ones);
  }

  @Test
  void componentsOfCircomsNames() {
    List<String> names =
        List.of(
            "one",
            "main.out",
            "main.x",
            "main.a.in",
            "main.a.t[3]",
            "main.b[7].c.y",
            "main.b[7].z");
    SparseMatrix none = matrix(7, new int[][] {{}, {}, {}, {}, {}});
    int[][] rows = {
      {0, 1, 2}, // main alone
      {2, 4}, // main's signal in a's constraint
      {4, 5}, // of two components: main's
      {5, 6, 0}, // c within b[7]
      {0}, // a constant
    };
    R1cs circuit =
        R1cs.of(1, 1, 0, 7, new long[] {0, 1, 2, 3, 4, 5, 6}, matrix(7, rows), none, none);
    Part main = ConstraintReport.of(circuit, names::get).root();
    assertEquals("main", main.name());
    assertEquals(3, main.own());
    assertEquals(List.of("a", "b[*]"), main.parts().stream().map(Part::name).toList());
    assertEquals(new Part("c", 1, 1, 1, List.of()), main.parts().get(1).parts().get(0));
    Part unnamed = ConstraintReport.of(circuit, SignalNames.byWire()).root();
    assertEquals(new Part("circuit", 1, 5, 5, List.of()), unnamed);
  }

  @Test
  void circuitsInJava() {
    CompiledCircuit circuit =
        CompiledCircuit.of(
            c ->
                c.in(
                    "leaf",
                    () -> c.output("hash", PoseidonCircuit.hash(c, c.input("x"), c.input("y")))),
            Simplification.NONE);
    Part root = circuit.report().root();
    assertEquals(circuit.r1cs().constraints(), root.total());
    Part leaf = root.parts().get(0);
    assertEquals("leaf", leaf.name());
    assertEquals("poseidon", leaf.parts().get(0).name());
    assertTrue(leaf.parts().get(0).total() >= 240);
  }

  private static Document parsed(String svg) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    return factory.newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
  }

  /** Names come from files: none is markup, and what XML does not allow is replaced. */
  @Test
  void picturesOfHostileNames() throws Exception {
    String hostile = "</text><script>alert(\"1\")</script>&lt;\u0000\u001b\uffff\ud800'";
    ConstraintReport report = ConstraintReport.of(hostile, 3, i -> List.of(hostile + i, "b"));
    Document document = parsed(report.toSvg());
    assertEquals(0, document.getElementsByTagName("script").getLength());
    assertEquals(7, document.getElementsByTagName("rect").getLength());
    String title = document.getElementsByTagName("title").item(0).getTextContent();
    assertTrue(title.startsWith("</text><script>alert(\"1\")</script>&lt;????"), title);
    assertTrue(title.endsWith(": 3 constraints, 100.0 %"), title);
    assertFalse(report.toSvg().contains("<script"));
  }

  @Test
  void picturesAreWidestAtTheTop() throws Exception {
    Document document = parsed(report("a", "a", "b", "").toSvg());
    assertEquals("1200", document.getDocumentElement().getAttribute("width"));
    assertEquals("40", document.getDocumentElement().getAttribute("height"));
    var rects = document.getElementsByTagName("rect");
    assertEquals(3, rects.getLength());
    assertEquals("600.00", rects.item(1).getAttributes().getNamedItem("width").getNodeValue());
    parsed(report().toSvg());
  }

  /** Deep paths are cut: nothing recurses as deep as a name of a file says. */
  @Test
  void deepPaths() throws Exception {
    List<String> path = Collections.nCopies(100_000, "x");
    ConstraintReport report = ConstraintReport.of("main", 2, i -> path);
    assertEquals(2, report.root().total());
    assertEquals(101, report.lines(0).size());
    parsed(report.toSvg());
  }
}
