package zk4j.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import zk4j.bn254.Fr;
import zk4j.eddsa.SigningKey;
import zk4j.stream.Channel;
import zk4j.stream.WindowFormat;
import zk4j.stream.keys.KeyRing;
import zk4j.stream.keys.Shamir;
import zk4j.stream.keys.Share;
import zk4j.stream.mqtt.Pairing;
import zk4j.stream.statement.StatementCircuit;
import zk4j.stream.verify.QueryBudget;

/** What {@code zk stream keys} does. */
final class StreamKeys {
  /** The source of readings in files. */
  static final String FILES = "files";

  /** Of the longest file of a share. */
  private static final int MAX_SHARE = 10_000;

  private StreamKeys() {}

  static void init(
      HomeOptions options,
      List<String> formats,
      String lateness,
      @Nullable String first,
      @Nullable Path pairingFile,
      Output output)
      throws Exception {
    List<WindowFormat> windows = new ArrayList<>();
    for (String format : formats) {
      windows.add(StreamFormats.format(format));
    }
    List<Channel> channels = windows.stream().map(WindowFormat::channel).toList();
    if (channels.stream().map(Channel::name).distinct().count() < channels.size()) {
      throw new CommandException(ExitCodes.ERROR, "two formats are of one channel");
    }
    SecureRandom random = new SecureRandom();
    Optional<Pairing> pairing = Optional.empty();
    if (pairingFile != null) {
      OutputFiles.requireFolders(pairingFile);
      if (channels.isEmpty()) {
        throw new CommandException(ExitCodes.ERROR, "--pairing needs a --format at least");
      }
      pairing = Optional.of(Pairing.generate(channels, random));
    }
    HomeSettings settings =
        new HomeSettings(
            "zk4j/" + HexFormat.of().toHexDigits(random.nextLong()),
            Fr.random(random),
            windows,
            duration("--lateness", lateness),
            first(first, pairing.isPresent()),
            pairing.map(Pairing::source).orElse(FILES),
            new QueryBudget(50, Duration.ofDays(1)),
            Duration.ofMinutes(10));
    char[] passphrase = options.newPassphrase(output);
    try (StreamHome home = StreamHome.create(options.home, settings, passphrase, pairing)) {
      if (pairing.isPresent() && pairingFile != null) {
        String json = json(pairing.get());
        OutputFiles.writeSecret(pairingFile, file -> Files.writeString(file, json));
      }
      output.done(
          "made " + home.folder() + "; to show what others may know: zk stream keys show",
          Output.fields("home", home.folder()));
    } finally {
      Arrays.fill(passphrase, '\0');
    }
  }

  static Duration duration(String option, String text) throws CommandException {
    try {
      Duration duration = Duration.parse(text);
      if (!duration.isNegative()) {
        return duration;
      }
    } catch (DateTimeException e) {
      // The same as below.
    }
    throw new CommandException(
        ExitCodes.ERROR, option + " is a duration such as PT10M or P3D, not " + text);
  }

  private static Optional<Instant> first(@Nullable String text, boolean now)
      throws CommandException {
    if (text == null) {
      return now ? Optional.of(Instant.now()) : Optional.empty();
    }
    try {
      return Optional.of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException e) {
      throw new CommandException(
          ExitCodes.ERROR, "--first is a time such as 2026-01-05T00:00Z, not " + text);
    }
  }

  /** What the device needs: as secret as the readings. */
  private static String json(Pairing pairing) throws IOException {
    StringWriter text = new StringWriter();
    HexFormat hex = HexFormat.of();
    try (JsonGenerator out = new JsonFactory().createGenerator(text)) {
      out.writeStartObject();
      out.writeStringField("alias", hex.formatHex(pairing.alias()));
      out.writeStringField("key", hex.formatHex(pairing.key()));
      out.writeArrayFieldStart("channels");
      for (Channel channel : pairing.channels()) {
        out.writeStartObject();
        out.writeStringField("name", channel.name());
        out.writeNumberField("bits", channel.bits());
        out.writeStringField("slot", channel.slot().toString());
        out.writeEndObject();
      }
      out.writeEndArray();
      out.writeEndObject();
    }
    return text + "\n";
  }

  static void show(HomeOptions options, Output output) throws Exception {
    try (StreamHome home = StreamHome.open(options.home, options, output);
        SigningKey device = home.device()) {
      Fr subject = home.secret().subject();
      Fr leaf = StatementCircuit.enrolmentLeaf(device.publicKey(), subject);
      String key = HexFormat.of().formatHex(device.publicKey().encode());
      HomeSettings settings = home.settings();
      List<String> formats = settings.formats().stream().map(StreamFormats::text).toList();
      output.result(
          List.of(
              "device:     " + key,
              "subject:    " + subject,
              "enrolment:  " + leaf + ", a line of the file devices of who verifies",
              "audience:   " + settings.audience() + ", for who proves to this home",
              "ledger:     " + settings.origin() + ", its key is in ledger.pub",
              "formats:    " + String.join(" ", formats),
              "readings:   from " + settings.source(),
              "keys:       " + home.ring().numbers()),
          Output.fields(
              "device",
              key,
              "subject",
              subject,
              "enrolment",
              leaf,
              "audience",
              settings.audience(),
              "ledger",
              settings.origin(),
              "formats",
              formats,
              "source",
              settings.source(),
              "keys",
              home.ring().numbers()));
    }
  }

  static void rotate(HomeOptions options, Output output) throws Exception {
    try (StreamHome home = StreamHome.open(options.home, options, output)) {
      KeyRing ring = home.ring();
      int newest = ring.rotate();
      int windows = home.vault(home.ledger()).rewrap();
      home.rewrap();
      for (int number : ring.numbers()) {
        if (number != newest) {
          ring.retire(number);
        }
      }
      output.done(
          "key "
              + newest
              + " encrypts the home's secrets and the keys of "
              + windows
              + " windows now; former ones are destroyed",
          Output.fields("key", newest, "windows", windows));
    }
  }

  static void share(HomeOptions options, int needed, int shares, Path folder, Output output)
      throws Exception {
    if (needed < 2 || needed > shares || shares > Shamir.MAX_SHARES) {
      throw new CommandException(
          ExitCodes.ERROR,
          needed + " of " + shares + " shares: 2 or more are needed, of " + Shamir.MAX_SHARES);
    }
    try (StreamHome home = StreamHome.open(options.home, options, output)) {
      Files.createDirectory(folder);
      byte[] master = home.ring().master();
      List<Path> files = new ArrayList<>();
      try {
        for (Share share : Shamir.split(master, needed, shares, home.random())) {
          Path file = folder.resolve("share-" + share.number() + ".txt");
          OutputFiles.writeSecret(file, to -> Files.writeString(to, share.text() + "\n"));
          files.add(file);
        }
      } finally {
        Arrays.fill(master, (byte) 0);
      }
      output.done(
          "wrote %d shares into %s, of which %d are needed: give each to another person, and"
                  .formatted(shares, folder, needed)
              + " delete it",
          Output.fields("needed", needed, "shares", files));
    }
  }

  static void recover(HomeOptions options, List<Path> files, Output output) throws Exception {
    StreamHome.requireSettings(options.home);
    List<Share> shares = new ArrayList<>();
    Set<Path> known = new LinkedHashSet<>(files);
    for (Path file : known) {
      if (Files.size(file) > MAX_SHARE) {
        throw new CommandException(ExitCodes.ERROR, file + ": no share");
      }
      try {
        shares.add(Share.parse(Files.readString(file).strip()));
      } catch (IOException e) {
        throw new CommandException(ExitCodes.ERROR, file + ": " + ExitCodes.message(e));
      }
    }
    byte[] master = new byte[0];
    char[] passphrase = new char[0];
    try {
      master = Shamir.combine(shares);
      passphrase = options.newPassphrase(output);
      try (StreamHome home = StreamHome.recover(options.home, master, passphrase)) {
        output.done(home.folder() + " has a new passphrase", Output.fields("home", home.folder()));
      }
    } catch (IllegalArgumentException e) {
      throw new CommandException(ExitCodes.ERROR, String.valueOf(e.getMessage()));
    } finally {
      Arrays.fill(master, (byte) 0);
      Arrays.fill(passphrase, '\0');
    }
  }
}
