package zk4j.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.Writer;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import zk4j.bn254.Fr;
import zk4j.stream.WindowFormat;
import zk4j.stream.verify.QueryBudget;

/**
 * What a home is for: nothing of it is secret, and its owner may edit the file.
 *
 * @param origin the name of its ledger
 * @param audience whom its verifier is
 * @param formats of the windows that its gateway seals
 * @param lateness how late a reading may come
 * @param first where windows begin; none for that of the first reading
 * @param source what its gateway calls whom readings come from
 * @param budget how often a person may be asked
 * @param challenge how long a challenge may be answered
 */
record HomeSettings(
    String origin,
    Fr audience,
    List<WindowFormat> formats,
    Duration lateness,
    Optional<Instant> first,
    String source,
    QueryBudget budget,
    Duration challenge) {
  private static final String VERSION = "1";

  static HomeSettings read(Path file) throws IOException, CommandException {
    Properties properties = new Properties();
    try (InputStream in = Files.newInputStream(file);
        Reader text = new InputStreamReader(in, StandardCharsets.UTF_8)) {
      properties.load(text);
      if (!VERSION.equals(properties.getProperty("version"))) {
        throw new CommandException(ExitCodes.ERROR, file + ": not of version " + VERSION);
      }
      List<WindowFormat> formats = new ArrayList<>();
      for (String format : properties.getProperty("formats", "").split(" ", -1)) {
        if (!format.isEmpty()) {
          formats.add(StreamFormats.format(format));
        }
      }
      String first = properties.getProperty("first", "");
      return new HomeSettings(
          value(properties, "origin"),
          Fr.of(new BigInteger(value(properties, "audience"))),
          List.copyOf(formats),
          Duration.parse(value(properties, "lateness")),
          first.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(first)),
          value(properties, "source"),
          new QueryBudget(
              Integer.parseInt(value(properties, "budget")),
              Duration.parse(value(properties, "budget-within"))),
          Duration.parse(value(properties, "challenge")));
    } catch (DateTimeException | IllegalArgumentException e) {
      throw new CommandException(ExitCodes.ERROR, file + ": " + e.getMessage());
    }
  }

  private static String value(Properties properties, String name) {
    String value = properties.getProperty(name);
    if (value == null) {
      throw new IllegalArgumentException("no " + name);
    }
    return value;
  }

  void write(Path file) throws IOException {
    Properties properties = new Properties();
    properties.setProperty("version", VERSION);
    properties.setProperty("origin", origin);
    properties.setProperty("audience", audience.toString());
    properties.setProperty(
        "formats", formats.stream().map(StreamFormats::text).collect(Collectors.joining(" ")));
    properties.setProperty("lateness", lateness.toString());
    first.ifPresent(time -> properties.setProperty("first", time.toString()));
    properties.setProperty("source", source);
    properties.setProperty("budget", Integer.toString(budget.proofs()));
    properties.setProperty("budget-within", budget.within().toString());
    properties.setProperty("challenge", challenge.toString());
    try (Writer out = Files.newBufferedWriter(file)) {
      properties.store(out, "A home of zk stream.");
    }
  }
}
