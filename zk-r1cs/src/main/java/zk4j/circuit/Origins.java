package zk4j.circuit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where things of a circuit are from: the path of its parts, and the line of the circuit's source
 * that a requirement is on. Numbered, so that they can be kept by the million.
 */
final class Origins {
  private record Origin(int path, String line) {}

  private record Part(int parent, String name) {}

  private static final StackWalker STACK = StackWalker.getInstance();
  private static final String PACKAGE = Origins.class.getPackageName() + ".";

  private final List<Part> parts = new ArrayList<>(List.of(new Part(0, "")));
  private final Map<Part, Integer> partNumbers = new HashMap<>();
  private final List<Origin> origins = new ArrayList<>(List.of(new Origin(0, "")));
  private final Map<Origin, Integer> originNumbers = new HashMap<>();

  private int path;
  private int current;

  /**
   * Enters a part; returns what {@link #leave} takes.
   *
   * @param gadget whether all of the part is from the line that is at work now
   */
  int enter(String name, boolean gadget) {
    int before = current;
    String line = gadget ? origins.get(here()).line : "";
    path = number(parts, partNumbers, new Part(path, name));
    current = number(origins, originNumbers, new Origin(path, line));
    return before;
  }

  void leave(int before) {
    current = before;
    path = origins.get(before).path;
  }

  private static <T> int number(List<T> list, Map<T, Integer> numbers, T value) {
    Integer known = numbers.get(value);
    if (known == null) {
      known = list.size();
      list.add(value);
      numbers.put(value, known);
    }
    return known;
  }

  /** The part that is being written, and its line if it is a gadget. */
  int current() {
    return current;
  }

  /** The part that is being written, and the line of the circuit that is at work. */
  int here() {
    if (!origins.get(current).line.isEmpty()) {
      return current;
    }
    String line =
        STACK.walk(
            frames ->
                frames
                    .filter(frame -> !frame.getClassName().startsWith(PACKAGE))
                    .findFirst()
                    .map(frame -> frame.getFileName() + ":" + frame.getLineNumber())
                    .orElse(""));
    return number(origins, originNumbers, new Origin(path, line));
  }

  /** The path of an origin's part: names with points between. */
  String path(int origin) {
    StringBuilder text = new StringBuilder();
    for (int part = origins.get(origin).path; part != 0; part = parts.get(part).parent) {
      text.insert(0, parts.get(part).name + (text.isEmpty() ? "" : "."));
    }
    return text.toString();
  }

  /** Path and line, for messages. */
  String text(int origin) {
    String place = path(origin);
    String line = origins.get(origin).line;
    return line.isEmpty() ? place : (place.isEmpty() ? "" : place + " ") + "(" + line + ")";
  }
}
