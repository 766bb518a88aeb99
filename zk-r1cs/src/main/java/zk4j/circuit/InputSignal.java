package zk4j.circuit;

/**
 * An input that a circuit takes.
 *
 * @param name of the signal
 * @param count how many values it has
 * @param array whether it is an array, which may have one value
 * @param isPublic whether verifiers see it
 * @param firstWire the builder's number of the first value's wire
 */
record InputSignal(String name, int count, boolean array, boolean isPublic, int firstWire) {
  String nameOf(int i) {
    return array ? name + "[" + i + "]" : name;
  }
}
