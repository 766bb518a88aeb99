package zk4j.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.IHelpSectionRenderer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** How commands are to be used, and what is said of those that are not. */
final class Usage {
  private static final int WIDTH = 80;

  private Usage() {}

  /** Sets up a command with all its subcommands. */
  static void configure(CommandLine line) {
    Map<String, IHelpSectionRenderer> sections = new HashMap<>(line.getHelpSectionMap());
    sections.put(UsageMessageSpec.SECTION_KEY_SYNOPSIS_HEADING, help -> "");
    sections.put(UsageMessageSpec.SECTION_KEY_SYNOPSIS, help -> synopsis(help.commandSpec()));
    line.setHelpSectionMap(sections);
    line.setUsageHelpWidth(WIDTH);
    line.registerConverter(Path.class, Usage::fileName);
  }

  private static Path fileName(String text) {
    Path path = Path.of(text);
    if (Files.isDirectory(path)) {
      throw new TypeConversionException(text + " is a folder");
    }
    return path;
  }

  /** The order of a command's arguments. The library would break lines at the dots of files. */
  private static String synopsis(CommandSpec command) {
    List<String> words = new ArrayList<>(List.of("[options]"));
    command
        .positionalParameters()
        .forEach(
            p -> words.add(p.arity().min() == 0 ? "[" + p.paramLabel() + "]" : p.paramLabel()));
    if (!command.subcommands().isEmpty()) {
      words.add("COMMAND");
    }
    String begin = "Usage: " + command.qualifiedName();
    StringBuilder text = new StringBuilder(begin);
    int column = begin.length();
    for (String word : words) {
      if (column + 1 + word.length() >= WIDTH) {
        text.append(System.lineSeparator()).append(" ".repeat(begin.length()));
        column = begin.length();
      }
      text.append(' ').append(word);
      column += 1 + word.length();
    }
    return text.append(System.lineSeparator()).toString();
  }

  /** Says how a command should have been used. */
  static void explain(ParameterException failure, PrintWriter err) {
    CommandLine line = failure.getCommandLine();
    CommandSpec command = line.getCommandSpec();
    if (UnmatchedArgumentException.printSuggestions(failure, err)) {
      return;
    }
    if (!command.subcommands().isEmpty()) {
      line.usage(err);
      return;
    }
    err.print(synopsis(command));
    err.println("For more: " + command.qualifiedName() + " --help");
  }
}
