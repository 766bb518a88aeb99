package zk4j.stream.statement;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import zk4j.bn254.Fr;
import zk4j.circuit.Bool;
import zk4j.circuit.Bounded;
import zk4j.circuit.CircuitBuilder;
import zk4j.circuit.Inputs;
import zk4j.circuit.NullifierCircuit;
import zk4j.circuit.PoseidonCircuit;
import zk4j.circuit.Signal;
import zk4j.poseidon.Poseidon;
import zk4j.stream.SubjectSecret;
import zk4j.stream.Tag;
import zk4j.stream.Window;

/**
 * What each circuit has that answers a verifier: the public signals that come first, and the secret
 * of the person that it is about.
 *
 * @param audience who is to be convinced
 * @param enrolment the root of the tree of devices
 * @param start of the windows
 * @param minimums the least numbers of readings
 * @param secret of the person
 * @param subject whom the secret makes
 */
record Answer(
    Signal audience,
    Signal enrolment,
    Bounded start,
    List<Bounded> minimums,
    Signal secret,
    Signal subject) {
  /**
   * Declares the inputs.
   *
   * @param minimums what the least numbers of readings are called
   */
  static Answer begin(CircuitBuilder c, List<String> minimums, int countBits) {
    c.publicInput("challenge");
    Signal audience = c.publicInput("audience");
    Signal enrolment = c.publicInput("enrolment");
    Bounded start = c.publicInput("start", Window.START_BITS);
    List<Bounded> least =
        minimums.stream().map(minimum -> c.publicInput(minimum, countBits)).toList();
    Signal secret = c.input("secret");
    Signal subject = PoseidonCircuit.hash(c, c.constant(Tag.SUBJECT), secret);
    return new Answer(audience, enrolment, start, least, secret, subject);
  }

  /** Declares the outputs; {@code what} is that of {@link #scope}. */
  void end(CircuitBuilder c, Bool holds, List<Fr> what) {
    c.output("holds", holds);
    c.output("pseudonym", PoseidonCircuit.hash(c, c.constant(Tag.PSEUDONYM), secret, audience));
    List<Signal> scope = new ArrayList<>(List.of(c.constant(Tag.SCOPE), audience));
    what.forEach(part -> scope.add(c.constant(part)));
    scope.add(start);
    c.output("nullifier", NullifierCircuit.of(c, secret, PoseidonCircuit.hash(c, scope)));
  }

  /** What a nullifier is of: what is answered to an audience about windows of a time. */
  static Fr scope(Fr audience, List<Fr> what, Instant start) {
    List<Fr> scope = new ArrayList<>(List.of(Tag.SCOPE, audience));
    scope.addAll(what);
    scope.add(Fr.of(start.toEpochMilli()));
    return Poseidon.hash(scope);
  }

  /** The inputs, but for the least numbers of readings. */
  static Inputs inputs(
      Fr challenge, Fr audience, Fr enrolment, Instant start, SubjectSecret secret) {
    return Inputs.of("challenge", challenge)
        .and("audience", audience)
        .and("enrolment", enrolment)
        .and("start", start.toEpochMilli())
        .and("secret", secret.value());
  }
}
