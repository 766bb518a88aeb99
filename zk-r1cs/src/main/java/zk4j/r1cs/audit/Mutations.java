package zk4j.r1cs.audit;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import zk4j.bn254.Fr;
import zk4j.r1cs.R1cs;
import zk4j.r1cs.Witness;
import zk4j.r1cs.audit.MutationReport.Kind;
import zk4j.r1cs.audit.MutationReport.Mutation;

/**
 * Changes one constraint of a system at a time, as a programmer may forget it, and asks who
 * notices. A change that nobody does is of a constraint that others imply, or that no test is
 * about.
 *
 * <p>Each constraint is dropped; if there are witnesses to accept, each of its three forms loses
 * its last term too, if it has several. A change is noticed
 *
 * <ul>
 *   <li>by a witness to accept that does not satisfy the changed system,
 *   <li>by the audit, if an output is not shown to be determined any more,
 *   <li>by inputs to refuse, if the changed system has a solution with them that is found.
 * </ul>
 */
public final class Mutations {
  /** Assignments that are tried to find a solution with inputs that should have none. */
  private static final int TRIES = 100;

  private static final long PATIENCE = 10_000_000_000L;

  private final PrimeSystem system;
  private final List<BigInteger[]> accepted;
  private final List<BigInteger[]> refused;

  /** Of each witness to refuse, the constraints that it does not satisfy. */
  private final List<Set<Integer>> violated;

  private final Set<Integer> open;

  private Mutations(PrimeSystem system, List<BigInteger[]> accepted, List<BigInteger[]> refused) {
    this.system = system;
    this.accepted = accepted;
    this.refused = refused;
    this.violated = refused.stream().map(this::violations).toList();
    this.open = openOutputs(propagated(system));
  }

  /**
   * Tries the mutations of a system.
   *
   * @param accepted witnesses of test cases, with the outputs that are expected
   * @param refused values of all wires, of which the inputs must be refused; the rest is where a
   *     solution is looked for, such as {@link zk4j.circuit.CompiledCircuit#uncheckedWitness}
   * @param most constraints to mutate; of a system of more, as many are chosen
   * @param seed of that choice
   * @throws IllegalArgumentException if a witness has not one value a wire, or one to accept does
   *     not satisfy the system, or one to refuse does
   */
  public static MutationReport of(
      R1cs r1cs, List<Witness> accepted, List<Witness> refused, int most, long seed) {
    long begin = System.nanoTime();
    PrimeSystem system = PrimeSystem.of(r1cs);
    Mutations mutations =
        new Mutations(
            system,
            accepted.stream().map(witness -> values(witness, system)).toList(),
            refused.stream().map(witness -> values(witness, system)).toList());
    if (!mutations.accepted.stream().allMatch(system::holds)) {
      throw new IllegalArgumentException("a witness to accept does not satisfy the system");
    }
    if (mutations.violated.stream().anyMatch(Set::isEmpty)) {
      throw new IllegalArgumentException("a witness to refuse satisfies the system");
    }
    List<Integer> chosen =
        new ArrayList<>(IntStream.range(0, system.rows().size()).boxed().toList());
    if (chosen.size() > most) {
      Collections.shuffle(chosen, new Random(seed));
      chosen = new ArrayList<>(chosen.subList(0, most));
      Collections.sort(chosen);
    }
    int tried = 0;
    List<Mutation> survivors = new ArrayList<>();
    for (int constraint : chosen) {
      for (Mutation mutation : mutations.of(constraint)) {
        tried++;
        if (!mutations.isNoticed(mutation)) {
          survivors.add(mutation);
        }
      }
    }
    return new MutationReport(
        system.rows().size(),
        chosen.size(),
        tried,
        List.copyOf(survivors),
        Duration.ofNanos(System.nanoTime() - begin));
  }

  private static BigInteger[] values(Witness witness, PrimeSystem system) {
    if (witness.size() != system.wires()) {
      throw new IllegalArgumentException(
          "a witness of " + witness.size() + " values for " + system.wires() + " wires");
    }
    return witness.values().toList().stream().map(Fr::toBigInteger).toArray(BigInteger[]::new);
  }

  private static Propagation propagated(PrimeSystem system) {
    Propagation facts = new Propagation(system);
    facts.run();
    return facts;
  }

  private Set<Integer> openOutputs(Propagation facts) {
    Set<Integer> outputs = new HashSet<>(system.outputs());
    outputs.removeIf(facts::isDetermined);
    return outputs;
  }

  private Set<Integer> violations(BigInteger[] values) {
    Set<Integer> violations = new HashSet<>();
    for (int row = 0; row < system.rows().size(); row++) {
      if (!system.rows().get(row).holds(system.p(), values)) {
        violations.add(row);
      }
    }
    return violations;
  }

  private List<Mutation> of(int constraint) {
    List<Mutation> mutations = new ArrayList<>();
    mutations.add(new Mutation(constraint, Kind.DROPPED, -1));
    PrimeSystem.Row row = system.rows().get(constraint);
    if (!accepted.isEmpty()) {
      addLoss(mutations, constraint, Kind.A_TERM_LOST, row.a());
      addLoss(mutations, constraint, Kind.B_TERM_LOST, row.b());
      addLoss(mutations, constraint, Kind.C_TERM_LOST, row.c());
    }
    return mutations;
  }

  private static void addLoss(List<Mutation> mutations, int constraint, Kind kind, Form form) {
    if (form.factors().size() > 1) {
      mutations.add(new Mutation(constraint, kind, Collections.max(form.factors().keySet())));
    }
  }

  /** What the constraint has become; null if it was dropped. */
  private PrimeSystem.@Nullable Row mutated(Mutation mutation) {
    PrimeSystem.Row row = system.rows().get(mutation.constraint());
    int wire = mutation.wire();
    return switch (mutation.kind()) {
      case DROPPED -> null;
      case A_TERM_LOST -> new PrimeSystem.Row(without(row.a(), wire), row.b(), row.c());
      case B_TERM_LOST -> new PrimeSystem.Row(row.a(), without(row.b(), wire), row.c());
      case C_TERM_LOST -> new PrimeSystem.Row(row.a(), row.b(), without(row.c(), wire));
    };
  }

  private Form without(Form form, int wire) {
    Map<Integer, BigInteger> rest = new HashMap<>(form.factors());
    rest.remove(wire);
    return Form.of(system.p(), rest);
  }

  private boolean isNoticed(Mutation mutation) {
    PrimeSystem.Row row = mutated(mutation);
    if (row != null && !accepted.stream().allMatch(values -> row.holds(system.p(), values))) {
      return true;
    }
    Set<Integer> alone = Set.of(mutation.constraint());
    for (int i = 0; i < refused.size(); i++) {
      if (violated.get(i).equals(alone) && (row == null || row.holds(system.p(), refused.get(i)))) {
        return true;
      }
    }
    List<PrimeSystem.Row> rows = new ArrayList<>(system.rows());
    rows.remove(mutation.constraint());
    if (row != null) {
      rows.add(row);
    }
    PrimeSystem changed =
        new PrimeSystem(system.p(), system.wires(), rows, system.inputs(), system.outputs());
    Propagation facts = propagated(changed);
    if (!open.containsAll(openOutputs(facts))) {
      return true;
    }
    return !refused.isEmpty() && accepts(changed, facts, mutation.constraint());
  }

  /**
   * Whether a solution with inputs to refuse is found. What the changed constraint was about is
   * tried last: it may follow from all else being as the circuit computes it.
   */
  private boolean accepts(PrimeSystem changed, Propagation facts, int constraint) {
    Set<Integer> triedLast = system.rows().get(constraint).wires();
    Solver solver =
        new Solver(changed, facts, triedLast, new Random(1), System.nanoTime() + PATIENCE);
    for (BigInteger[] values : refused) {
      @Nullable BigInteger[] fixed = new BigInteger[system.wires()];
      for (int input : system.inputs()) {
        fixed[input] = values[input];
      }
      if (solver.solve(fixed, values, TRIES) != null) {
        return true;
      }
    }
    return false;
  }

  /** As {@link #of(R1cs, List, List, int, long)}, without test cases: what the audit notices. */
  public static MutationReport of(R1cs r1cs) {
    return of(r1cs, List.of(), List.of(), Integer.MAX_VALUE, 0);
  }
}
