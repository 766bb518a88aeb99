package zk4j.stream.fhir;

import java.io.Serial;

/** A resource that is none, in words that quote nothing of it, and without a cause that could. */
final class Refusal extends Exception {
  @Serial private static final long serialVersionUID = 1;

  private final String problem;

  Refusal(String problem) {
    super(problem);
    this.problem = problem;
  }

  String problem() {
    return problem;
  }
}
