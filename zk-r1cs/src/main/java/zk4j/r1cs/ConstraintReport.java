package zk4j.r1cs;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import zk4j.bn254.SparseMatrix;

/** Which parts of a circuit its constraints are of. Immutable. */
public final class ConstraintReport {
  /** Deeper parts count as the part at this depth. */
  private static final int MAX_DEPTH = 100;

  /**
   * A part of a circuit.
   *
   * @param name with {@code [*]} for the indices of an array
   * @param instances how many elements of the array there are; 1 for no array
   * @param own constraints of none of its parts
   * @param total constraints of it and of its parts
   * @param parts the largest first
   */
  public record Part(String name, int instances, int own, int total, List<Part> parts) {}

  private final Part root;

  private ConstraintReport(Part root) {
    this.root = root;
  }

  /**
   * The report of constraints whose parts are known.
   *
   * @param name of the whole
   * @param path of a constraint, from 0, the names of parts from the outermost on
   */
  public static ConstraintReport of(String name, int constraints, IntFunction<List<String>> path) {
    Node root = new Node();
    for (int i = 0; i < constraints; i++) {
      List<String> names = path.apply(i);
      root.add(names.subList(0, Math.min(names.size(), MAX_DEPTH)), 0);
    }
    return new ConstraintReport(root.part(name));
  }

  /**
   * The report of a system whose signals have names as circom's, such as {@code main.tree[2].hash}:
   * a constraint is of the deepest component that its signals are of, if the components of all lie
   * one within the other, and else of the innermost that has all of them. Signals that a compiler
   * has replaced by others can move a constraint to another component.
   */
  public static ConstraintReport of(R1cs circuit, SignalNames names) {
    List<List<String>> components = new ArrayList<>(circuit.wires());
    for (int wire = 0; wire < circuit.wires(); wire++) {
      String name = names.name(wire);
      int end = name.lastIndexOf('.');
      components.add(end < 0 ? List.of() : Arrays.asList(name.substring(0, end).split("\\.", -1)));
    }
    String name =
        components.stream()
            .filter(c -> !c.isEmpty())
            .map(c -> c.get(0))
            .findFirst()
            .orElse("circuit");
    return of(
        name,
        circuit.constraints(),
        row -> {
          List<String> path = component(circuit, row, components);
          return path.isEmpty() ? path : path.subList(1, path.size());
        });
  }

  private static List<String> component(R1cs circuit, int row, List<List<String>> components) {
    List<String> deepest = List.of();
    List<String> common = null;
    boolean chain = true;
    for (SparseMatrix matrix : List.of(circuit.a(), circuit.b(), circuit.c())) {
      for (int e = matrix.rowStart(row); e < matrix.rowStart(row + 1); e++) {
        if (matrix.column(e) == 0) {
          continue;
        }
        List<String> path = components.get(matrix.column(e));
        int shared = shared(deepest, path);
        chain &= shared == Math.min(deepest.size(), path.size());
        deepest = path.size() > deepest.size() ? path : deepest;
        common = common == null ? path : common.subList(0, shared(common, path));
      }
    }
    return chain || common == null ? deepest : common;
  }

  private static int shared(List<String> left, List<String> right) {
    int length = Math.min(left.size(), right.size());
    int shared = 0;
    while (shared < length && left.get(shared).equals(right.get(shared))) {
      shared++;
    }
    return shared;
  }

  /** The whole circuit. */
  public Part root() {
    return root;
  }

  /**
   * The report as text: constraints, their share and the part, indented by its depth.
   *
   * @param leastShare of the whole: smaller parts are summed up
   */
  public List<String> lines(double leastShare) {
    List<String> lines = new ArrayList<>();
    addLines(root, 0, leastShare, lines);
    return lines;
  }

  private void addLines(Part part, int depth, double leastShare, List<String> lines) {
    String instances = part.instances > 1 ? " x " + part.instances : "";
    lines.add(line(part.total, depth, part.name + instances));
    int small = 0;
    int count = 0;
    for (Part child : part.parts) {
      if (child.total >= leastShare * root.total) {
        addLines(child, depth + 1, leastShare, lines);
      } else {
        small += child.total;
        count++;
      }
    }
    if (count > 0) {
      lines.add(line(small, depth + 1, "(" + count + " smaller)"));
    }
    if (part.own > 0 && !part.parts.isEmpty()) {
      lines.add(line(part.own, depth + 1, "(itself)"));
    }
  }

  private String line(int constraints, int depth, String name) {
    double share = root.total == 0 ? 0 : 100.0 * constraints / root.total;
    return String.format(
        Locale.ROOT, "%9d %5.1f %%  %s%s", constraints, share, "  ".repeat(depth), name);
  }

  /**
   * The report as a picture: an SVG flame chart, each part as wide as its share, below the part
   * that has it. It has no script, and names are escaped.
   */
  public String toSvg() {
    return FlameChart.svg(root);
  }

  /** A part that is being counted. */
  private static final class Node {
    private final Map<String, Node> children = new LinkedHashMap<>();
    private final Set<String> instances = new HashSet<>();
    private int own;

    void add(List<String> path, int depth) {
      if (depth == path.size()) {
        own++;
        return;
      }
      String name = path.get(depth);
      Node child = children.computeIfAbsent(name.replaceAll("\\[\\d+]", "[*]"), k -> new Node());
      child.instances.add(name);
      child.add(path, depth + 1);
    }

    Part part(String name) {
      List<Part> parts =
          children.entrySet().stream()
              .map(child -> child.getValue().part(child.getKey()))
              .sorted(Comparator.comparing(Part::total).reversed().thenComparing(Part::name))
              .toList();
      int total = own + parts.stream().mapToInt(Part::total).sum();
      return new Part(name, Math.max(1, instances.size()), own, total, parts);
    }
  }
}
