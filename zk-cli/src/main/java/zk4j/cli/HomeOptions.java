package zk4j.cli;

import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;

/** Where the commands of {@code zk stream} keep what they know, and how it is opened. */
final class HomeOptions {
  private static final String VARIABLE = "ZK_STREAM_PASSPHRASE";
  private static final int MAX_BYTES = 1000;

  @Option(
      names = "--home",
      paramLabel = "<folder>",
      defaultValue = "zk-stream-home",
      converter = Folder.class,
      description = "Where databases, blobs and keys are (default: ${DEFAULT-VALUE}).")
  Path home = Path.of("zk-stream-home");

  @Option(
      names = "--passphrase-file",
      paramLabel = "<file>",
      description = {
        "The passphrase of the home's keys is the first line of this file; without it, that of",
        "the variable " + VARIABLE + ", or else it is asked for."
      })
  @Nullable Path passphraseFile;

  /** Other than of the other options, the path is a folder's. */
  static final class Folder implements ITypeConverter<Path> {
    @Override
    public Path convert(String text) {
      return Path.of(text);
    }
  }

  /** The passphrase of a home that there is; to be wiped. */
  char[] passphrase(Output output) throws IOException, CommandException {
    return passphrase("Passphrase of " + home + ": ", false, output);
  }

  /** A passphrase that is new, and asked for twice; to be wiped. */
  char[] newPassphrase(Output output) throws IOException, CommandException {
    return passphrase("New passphrase of " + home + ": ", true, output);
  }

  private char[] passphrase(String question, boolean twice, Output output)
      throws IOException, CommandException {
    char[] passphrase;
    String variable = System.getenv(VARIABLE);
    if (passphraseFile != null) {
      passphrase = firstLine(passphraseFile, output);
    } else if (variable != null) {
      passphrase = variable.toCharArray();
    } else {
      passphrase = asked(question, twice);
    }
    if (passphrase.length == 0) {
      throw new CommandException(ExitCodes.ERROR, "the passphrase is empty");
    }
    return passphrase;
  }

  private static char[] firstLine(Path file, Output output) throws IOException, CommandException {
    if (othersCanRead(file)) {
      output.note("zk: warning: others than its owner can read " + file);
    }
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(MAX_BYTES);
    }
    int end = 0;
    while (end < bytes.length && bytes[end] != '\n' && bytes[end] != '\r') {
      end++;
    }
    if (end == MAX_BYTES) {
      throw new CommandException(
          ExitCodes.ERROR, file + ": its first line has " + MAX_BYTES + " bytes or more");
    }
    try {
      CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, end));
      char[] line = new char[text.remaining()];
      text.get(line);
      Arrays.fill(text.array(), '\0');
      return line;
    } catch (CharacterCodingException e) {
      throw new CommandException(ExitCodes.ERROR, file + ": its first line is no UTF-8");
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  private static boolean othersCanRead(Path file) throws IOException {
    if (!Files.isRegularFile(file)
        || !file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return false; // such as a pipe
    }
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
    return permissions.contains(PosixFilePermission.GROUP_READ)
        || permissions.contains(PosixFilePermission.OTHERS_READ);
  }

  private static char[] asked(String question, boolean twice) throws CommandException {
    Console console = Terminal.isInteractive() ? System.console() : null;
    char[] passphrase = console == null ? null : console.readPassword("%s", question);
    if (console == null || passphrase == null) {
      throw new CommandException(
          ExitCodes.ERROR,
          "no passphrase: give --passphrase-file or the variable "
              + VARIABLE
              + ", or use a terminal");
    }
    if (twice) {
      char[] again = console.readPassword("Once more: ");
      boolean same = again != null && Arrays.equals(passphrase, again);
      if (again != null) {
        Arrays.fill(again, '\0');
      }
      if (!same) {
        throw new CommandException(ExitCodes.ERROR, "the two passphrases are not the same");
      }
    }
    return passphrase;
  }
}
