package zk4j.cli;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code zk stream keys}. */
@Command(name = "keys", description = "Keys of a home: make, show, rotate, share and recover them.")
final class StreamKeysCommands {
  private final Main main;

  StreamKeysCommands(Main main) {
    this.main = main;
  }

  @Command(
      name = "init",
      description = {
        "Make a home: a folder with a ring of keys under a passphrase, and under them a device's"
            + " signing key, the secret of the person whose readings it takes, and the key of a"
            + " ledger.",
        "A gateway, a prover and a verifier each have a home of their own."
      },
      footer = {
        "",
        "Examples:",
        "  zk stream keys init --home patient --format heart-rate",
        "  zk stream keys init --home steps --format steps/min,8,PT1M,60",
        "  zk stream keys init --home clinic"
      })
  int init(
      @Mixin HomeOptions home,
      @Option(
              names = "--format",
              paramLabel = "<format>",
              description = {
                "Windows to be sealed: heart-rate, spo2, glucose-hour (hours), glucose (days), or",
                "<channel>,<bits>,<slot>,<slots>. May come several times."
              })
          @Nullable List<String> formats,
      @Option(
              names = "--lateness",
              paramLabel = "<duration>",
              defaultValue = "PT10M",
              description = "How late a reading may come (default: ${DEFAULT-VALUE}).")
          String lateness,
      @Option(
              names = "--first",
              paramLabel = "<time>",
              description = {
                "When the first window begins, such as 2026-01-05T00:00Z. By default it is that",
                "of the first reading in a file, or with --pairing, that of now."
              })
          @Nullable String first,
      @Option(
              names = "--pairing",
              paramLabel = "<pairing.json>",
              description =
                  "Written, for the device alone: readings are to come from it over MQTT, and not"
                      + " in files.")
          @Nullable Path pairing)
      throws Exception {
    StreamCommands.requireLibraries();
    StreamKeys.init(
        home, formats == null ? List.of() : formats, lateness, first, pairing, main.output());
    return ExitCodes.OK;
  }

  @Command(
      name = "show",
      description = "Show what others may know of a home: nothing of it is secret.",
      footer = {"", "Example:", "  zk stream keys show --home clinic"})
  int show(@Mixin HomeOptions home) throws Exception {
    StreamCommands.requireLibraries();
    StreamKeys.show(home, main.output());
    return ExitCodes.OK;
  }

  @Command(
      name = "rotate",
      description = {
        "Encrypt the keys of all windows, and the home's secrets, by a new key.",
        "The former ones are destroyed. Shares of the master key stay as they are."
      },
      footer = {"", "Example:", "  zk stream keys rotate --home patient"})
  int rotate(@Mixin HomeOptions home) throws Exception {
    StreamCommands.requireLibraries();
    StreamKeys.rotate(home, main.output());
    return ExitCodes.OK;
  }

  @Command(
      name = "share",
      description = {
        "Share the master key among people, for the day that the passphrase is lost.",
        "So many of the files as are needed, and the home, give all of its keys: give each file to"
            + " another person, and delete it."
      },
      footer = {"", "Example:", "  zk stream keys share 3 5 shares --home patient"})
  int share(
      @Parameters(paramLabel = "<needed>", description = "How many shares are needed, from 2 on.")
          int needed,
      @Parameters(paramLabel = "<shares>", description = "How many there are, up to 255.")
          int shares,
      @Parameters(
              paramLabel = "<folder>",
              converter = HomeOptions.Folder.class,
              description = "Made, and written into: share-1.txt and so on.")
          Path folder,
      @Mixin HomeOptions home)
      throws Exception {
    StreamCommands.requireLibraries();
    StreamKeys.share(home, needed, shares, folder, main.output());
    return ExitCodes.OK;
  }

  @Command(
      name = "recover",
      description = "Open a home by shares of its master key, and give it a new passphrase.",
      footer = {
        "",
        "Example:",
        "  zk stream keys recover share-1.txt share-4.txt share-5.txt --home patient"
      })
  int recover(
      @Parameters(
              paramLabel = "<share.txt>",
              arity = "1..*",
              description = "So many as are needed.")
          List<Path> shares,
      @Mixin HomeOptions home)
      throws Exception {
    StreamCommands.requireLibraries();
    StreamKeys.recover(home, shares, main.output());
    return ExitCodes.OK;
  }
}
