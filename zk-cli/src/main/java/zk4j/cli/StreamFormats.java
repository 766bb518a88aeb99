package zk4j.cli;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import zk4j.stream.Channel;
import zk4j.stream.WindowFormat;

/** What formats of windows are called on the command line and in files. */
final class StreamFormats {
  private static final Map<String, WindowFormat> FORMATS =
      new TreeMap<>(
          Map.of(
              "heart-rate", WindowFormat.HEART_RATE_HOUR,
              "glucose", WindowFormat.GLUCOSE_DAY,
              "glucose-hour", WindowFormat.GLUCOSE_HOUR,
              "spo2", WindowFormat.SPO2_HOUR));

  private StreamFormats() {}

  /** The format of a text: one that has a name, or a channel's name, bits, slot, and slots. */
  static WindowFormat format(String text) throws CommandException {
    WindowFormat named = FORMATS.get(text);
    if (named != null) {
      return named;
    }
    String[] parts = text.split(",", -1);
    if (parts.length == 4) {
      try {
        Channel channel =
            new Channel(parts[0], Integer.parseInt(parts[1]), Duration.parse(parts[2]));
        return new WindowFormat(channel, Integer.parseInt(parts[3]));
      } catch (DateTimeException | NumberFormatException e) {
        // What a format is, is said below.
      } catch (IllegalArgumentException e) {
        throw new CommandException(ExitCodes.ERROR, text + " is no format: " + e.getMessage());
      }
    }
    throw new CommandException(
        ExitCodes.ERROR,
        text
            + " is no format: one is "
            + String.join(", ", FORMATS.keySet())
            + ", or <channel>,<bits>,<slot>,<slots> such as steps/min,8,PT1M,60");
  }

  /** A text of a format, which has one for each. */
  static String text(WindowFormat format) {
    Channel channel = format.channel();
    return String.join(
        ",",
        channel.name(),
        Integer.toString(channel.bits()),
        channel.slot().toString(),
        Integer.toString(format.slots()));
  }

  /** The formats of a text: one, or several with + between them. */
  static List<WindowFormat> formats(String text) throws CommandException {
    List<WindowFormat> formats = new ArrayList<>();
    for (String format : text.split("\\+", -1)) {
      formats.add(format(format));
    }
    return formats;
  }

  /** A text of formats, which has one for each. */
  static String text(List<WindowFormat> formats) {
    return formats.stream().map(StreamFormats::text).collect(Collectors.joining("+"));
  }
}
