package zk4j.bn254;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/** Rows of comma-separated hexadecimal fields, some with 0x before; the first row names them. */
record CsvFile(List<String> names, List<List<String>> rows) {
  static CsvFile parse(String text) {
    List<List<String>> rows = text.lines().map(line -> List.of(line.split(",", -1))).toList();
    return new CsvFile(rows.get(0), rows.subList(1, rows.size()));
  }

  /** One of the vectors that fixtures/vectors makes. */
  static CsvFile resource(String name) {
    try (InputStream in =
        Objects.requireNonNull(CsvFile.class.getResourceAsStream("/vectors/" + name), name)) {
      return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String text(List<String> row, String name) {
    int column = names.indexOf(name);
    if (column < 0) {
      throw new IllegalArgumentException(name + " is none of " + names);
    }
    return row.get(column);
  }

  byte[] bytes(List<String> row, String name) {
    return HexFormat.of().parseHex(text(row, name).replaceFirst("^0x", ""));
  }

  BigInteger number(List<String> row, String name) {
    return new BigInteger(text(row, name), 16);
  }

  /** Parts of so many bytes each. */
  List<byte[]> parts(List<String> row, String name, int size) {
    byte[] all = bytes(row, name);
    List<byte[]> parts = new ArrayList<>();
    for (int at = 0; at < all.length; at += size) {
      parts.add(Arrays.copyOfRange(all, at, at + size));
    }
    return parts;
  }
}
