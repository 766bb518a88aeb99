package zk4j.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import zk4j.core.VerificationResult;
import zk4j.stream.ledger.AuditLog;
import zk4j.stream.ledger.Checkpoint;
import zk4j.stream.ledger.LogTree;
import zk4j.stream.store.ErasureReceipt;

/** What {@code zk stream windows}, {@code audit} and {@code erase} do. */
final class StreamRecords {
  private StreamRecords() {}

  /** A window as text. */
  static String line(HomeCatalog.Entry entry) {
    return "%s  %d of %d%s  %s"
        .formatted(
            entry.name(),
            entry.present(),
            entry.slots(),
            entry.erased() ? ", erased" : "",
            entry.header());
  }

  /** A window as fields of a JSON object. */
  static Map<String, Object> fields(HomeCatalog.Entry entry) {
    return Output.fields(
        "window", entry.name(),
        "header", entry.header(),
        "present", entry.present(),
        "slots", entry.slots(),
        "erased", entry.erased());
  }

  static void windows(HomeOptions options, Output output) throws Exception {
    try (StreamHome home = StreamHome.open(options.home, options, output)) {
      List<HomeCatalog.Entry> windows = home.catalog().windows();
      output.result(
          windows.stream().map(StreamRecords::line).toList(),
          Output.fields("windows", windows.stream().map(StreamRecords::fields).toList()));
    }
  }

  /**
   * Checks a ledger.
   *
   * @param kept a checkpoint that somebody has kept; null for the home's own
   * @param entry the number of an entry whose path is to be shown; none if it is negative
   */
  static int audit(HomeOptions options, @Nullable Path kept, int entry, Output output)
      throws Exception {
    try (StreamHome home = StreamHome.open(options.home, options, output)) {
      Checkpoint checkpoint = kept == null ? home.keptCheckpoint() : home.checkpoint(kept);
      AuditLog ledger;
      try {
        ledger = home.ledger();
      } catch (SQLException e) {
        return invalid(String.valueOf(e.getMessage()), output);
      }
      VerificationResult result = ledger.check(checkpoint);
      if (!result.valid()) {
        return invalid(result.reason(), output);
      }
      if (kept == null) {
        output.note(
            "Compared with the checkpoint in "
                + home.folder()
                + ", which whoever can change the ledger can change too: let others keep copies.");
      }
      List<String> lines = new ArrayList<>();
      lines.add(
          "the ledger has %d entries, and the first %d are those of the checkpoint"
              .formatted(ledger.size(), checkpoint.size()));
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("valid", true);
      fields.put("size", ledger.size());
      fields.put("checkpointSize", checkpoint.size());
      List<Map<String, Object>> entries = new ArrayList<>();
      for (AuditLog.Entry row : ledger.entries(0, ledger.size())) {
        lines.add("  %d  %s  %s  %s".formatted(row.index(), row.time(), row.kind(), row.payload()));
        entries.add(
            Output.fields(
                "index", row.index(),
                "time", row.time(),
                "kind", row.kind(),
                "payload", row.payload()));
      }
      fields.put("entries", entries);
      if (entry >= 0) {
        include(ledger, entry, lines, fields);
      }
      output.result(lines, fields);
      return ExitCodes.OK;
    }
  }

  private static int invalid(String reason, Output output) throws Exception {
    output.result("invalid: " + reason, Output.fields("valid", false, "reason", reason));
    return ExitCodes.INVALID;
  }

  /**
   * Shows that an entry is in the ledger: who has it, the path and the checkpoint needs no more.
   */
  private static void include(
      AuditLog ledger, int entry, List<String> lines, Map<String, Object> fields)
      throws CommandException, SQLException {
    Checkpoint now = ledger.checkpoint();
    if (entry >= now.size()) {
      throw new CommandException(
          ExitCodes.ERROR, "there is no entry " + entry + " of " + now.size());
    }
    HexFormat hex = HexFormat.of();
    byte[] leaf = ledger.entries(entry, 1).get(0).leaf();
    List<byte[]> path = ledger.inclusion(entry, now.size());
    if (!LogTree.isIncluded(leaf, entry, now.size(), path, now.root())) {
      throw new CommandException(ExitCodes.INVALID, "entry " + entry + " is not in the ledger");
    }
    List<String> hashes = path.stream().map(hex::formatHex).toList();
    lines.add("entry " + entry + " has the hash " + hex.formatHex(leaf) + ", and the path");
    hashes.forEach(hash -> lines.add("  " + hash));
    lines.add("to the root of");
    lines.addAll(now.text().lines().map(line -> "  " + line).toList());
    fields.put(
        "inclusion",
        Output.fields(
            "index", entry, "leaf", hex.formatHex(leaf), "path", hashes, "checkpoint", now.text()));
  }

  static void erase(HomeOptions options, String window, Path receiptFile, Output output)
      throws Exception {
    OutputFiles.requireFolders(receiptFile);
    try (StreamHome home = StreamHome.open(options.home, options, output)) {
      StreamIngest.deliver(home, output);
      HomeCatalog catalog = home.catalog();
      HomeCatalog.Entry entry = catalog.find(window);
      AuditLog ledger = home.ledger();
      Optional<ErasureReceipt> receipt = home.vault(ledger).erase(entry.header());
      catalog.erased(entry.header());
      if (receipt.isEmpty()) {
        throw new CommandException(ExitCodes.ERROR, entry.name() + " was erased before");
      }
      home.keepCheckpoint(ledger);
      String text = receipt.get().text();
      OutputFiles.write(receiptFile, file -> Files.writeString(file, text));
      output.done(
          "erased " + entry.name() + ", and wrote " + receiptFile,
          Output.fields(
              "window", entry.name(),
              "header", entry.header(),
              "entry", receipt.get().entry().index(),
              "receipt", receiptFile));
    }
  }
}
