package zk4j.circomcompat;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import zk4j.circuit.CompiledCircuit;
import zk4j.core.MalformedDataException;
import zk4j.r1cs.R1cs;
import zk4j.r1cs.SignalNames;

/**
 * The names of signals as circom writes them: {@code .sym}, text with a line {@code
 * label,wire,component,name} a signal. The wire is -1 where the compiler's simplification removed
 * the signal.
 */
public final class SymFile {
  private static final long MAX_BYTES = 1L << 30;
  private static final int MAX_LINE = 1 << 14;

  private SymFile() {}

  /**
   * A line of the file.
   *
   * @param label the signal's number before simplification
   * @param wire the signal's wire, or -1 where simplification removed it
   * @param component the number of the component that the signal belongs to
   * @param name the signal's qualified name, such as main.sum[3]
   */
  public record Signal(long label, int wire, long component, String name) {}

  /**
   * Reads the names of wires. A wire that several signals share has the first one's name; one that
   * no signal has is named as {@link SignalNames#byWire} does.
   *
   * @throws MalformedDataException as {@link #signals}
   */
  public static SignalNames read(Path file) throws IOException {
    Map<Integer, String> names = new HashMap<>();
    for (Signal signal : signals(file)) {
      if (signal.wire >= 0) {
        names.putIfAbsent(signal.wire, signal.name);
      }
    }
    SignalNames others = SignalNames.byWire();
    return wire -> {
      String name = names.get(wire);
      return name != null ? name : others.name(wire);
    };
  }

  /**
   * Reads all lines.
   *
   * @throws MalformedDataException if it is no such file, has more than 1 GiB, or a line of more
   *     than 16384 characters
   */
  public static List<Signal> signals(Path file) throws IOException {
    String source = file.toString();
    if (Files.size(file) > MAX_BYTES) {
      throw new MalformedDataException(source, null, -1, "more than " + MAX_BYTES + " bytes");
    }
    List<Signal> signals = new ArrayList<>();
    try (BufferedReader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      long number = 1;
      for (String line = readLine(in, source, number); line != null; number++) {
        if (!line.isEmpty()) {
          signals.add(signal(line, source, number));
        }
        line = readLine(in, source, number + 1);
      }
    } catch (CharacterCodingException e) {
      throw new MalformedDataException(source, null, -1, "is not text in UTF-8", e);
    }
    return signals;
  }

  private static Signal signal(String line, String source, long number)
      throws MalformedDataException {
    String[] fields = line.split(",", 4);
    // A name goes to terminals, so that it must not hold control characters.
    if (fields.length != 4 || fields[3].isEmpty() || hasControl(fields[3])) {
      throw malformed(source, number, "is not label,wire,component,name", null);
    }
    try {
      int wire = Integer.parseInt(fields[1]);
      if (wire < -1) {
        throw malformed(source, number, "has wire " + wire, null);
      }
      return new Signal(Long.parseLong(fields[0]), wire, Long.parseLong(fields[2]), fields[3]);
    } catch (NumberFormatException e) {
      throw malformed(source, number, "has a label, wire or component that is no number", e);
    }
  }

  /** The lines of a circuit written in Java: component 0 has all its signals, in main. */
  public static List<Signal> signals(CompiledCircuit circuit) {
    R1cs r1cs = circuit.r1cs();
    int[] wires = new int[Math.toIntExact(r1cs.labelCount())];
    Arrays.fill(wires, -1);
    for (int wire = 0; wire < r1cs.wires(); wire++) {
      wires[(int) r1cs.label(wire)] = wire;
    }
    return IntStream.range(1, wires.length)
        .mapToObj(label -> new Signal(label, wires[label], 0, "main." + circuit.signalName(label)))
        .toList();
  }

  /** Writes lines as circom does. */
  public static void write(List<Signal> signals, Path file) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      for (Signal signal : signals) {
        out.write(signal.label + "," + signal.wire + "," + signal.component + "," + signal.name);
        out.write('\n');
      }
    }
  }

  private static boolean hasControl(String text) {
    return text.chars().anyMatch(Character::isISOControl);
  }

  /** The next line without its end, or null behind the last. */
  private static @Nullable String readLine(BufferedReader in, String source, long number)
      throws IOException {
    StringBuilder line = new StringBuilder();
    int c = in.read();
    if (c < 0) {
      return null;
    }
    for (; c >= 0 && c != '\n'; c = in.read()) {
      if (line.length() == MAX_LINE) {
        throw malformed(source, number, "has more than " + MAX_LINE + " characters", null);
      }
      line.append((char) c);
    }
    return line.toString().stripTrailing();
  }

  private static MalformedDataException malformed(
      String source, long line, String problem, @Nullable Throwable cause) {
    return new MalformedDataException(source, "line " + line, -1, problem, cause);
  }
}
