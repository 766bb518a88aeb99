package zk4j.poseidon;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import zk4j.bn254.Fr;

/**
 * Rows that {@code fixtures/poseidon/make} wrote: fields of hexadecimal numbers, separated by
 * commas. The first row names them.
 */
public record Vectors(List<String> names, List<List<String>> rows) {
  public static Vectors parse(String text) {
    List<List<String>> rows = text.lines().map(line -> List.of(line.split(",", -1))).toList();
    return new Vectors(rows.get(0), rows.subList(1, rows.size()));
  }

  public static Vectors resource(String name) {
    try (InputStream in =
        Objects.requireNonNull(Vectors.class.getResourceAsStream("/vectors/" + name), name)) {
      return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String text(List<String> row, String name) {
    int column = names.indexOf(name);
    if (column < 0) {
      throw new IllegalArgumentException(name + " is none of " + names);
    }
    return row.get(column);
  }

  public byte[] bytes(List<String> row, String name) {
    return HexFormat.of().parseHex(text(row, name));
  }

  public BigInteger number(List<String> row, String name) {
    return new BigInteger(text(row, name), 16);
  }

  public Fr fr(List<String> row, String name) {
    return Fr.of(number(row, name));
  }

  /** A field of numbers, separated by spaces. */
  public List<Fr> frs(List<String> row, String name) {
    Stream<String> parts = Arrays.stream(text(row, name).split(" ", -1));
    return parts.map(part -> Fr.of(new BigInteger(part, 16))).toList();
  }
}
