package zk4j.stream.server;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import zk4j.circomcompat.ProofJson;
import zk4j.circomcompat.PublicJson;
import zk4j.stream.ledger.AuditLog;
import zk4j.stream.ledger.Checkpoint;
import zk4j.stream.prove.StatementProof;
import zk4j.stream.prove.TrustMode;

/**
 * The local page: what a person's windows, proofs and ledger look like. It shows no reading, and
 * has scripts of this module alone, besides snarkjs where its file is at hand.
 */
public final class Console {
  /** How a window is doing. */
  public enum WindowState {
    /** It is sealed. */
    SEALED,
    /** A proof about it is being made. */
    PROVING,
    /** There is a proof about it. */
    PROVEN,
    /** There will be no proof. */
    FAILED,
    /** It has no readings. */
    GAP,
    /** Readings came too late to be in it. */
    LATE
  }

  /**
   * A window.
   *
   * @param channel what was measured
   * @param start when it begins
   * @param end when it is over
   * @param present how many slots have a reading
   * @param slots how many slots it has
   * @param state how it is doing
   */
  public record WindowRow(
      String channel, Instant start, Instant end, int present, int slots, WindowState state) {}

  /**
   * A proof that a verifier has seen.
   *
   * @param number the verifier's
   * @param window when its window begins
   * @param question the policy's
   * @param holds the answer
   * @param proof the proof
   */
  public record ProofRow(
      long number, Instant window, String question, boolean holds, StatementProof proof) {}

  /**
   * An entry of the ledger, a tree by RFC 9162.
   *
   * @param index from 0
   * @param time when it was entered
   * @param kind what it is about
   * @param leaf its hash, in hexadecimal
   * @param path the hashes that lead from it to the root, in hexadecimal
   */
  public record LedgerRow(long index, Instant time, String kind, String leaf, List<String> path) {}

  /**
   * What the page shows.
   *
   * @param trust who sees the readings
   * @param windows in their order
   * @param proofs in their order
   * @param ledger in its order, all of its entries
   * @param root of the ledger, in hexadecimal; empty if it has no entry
   * @param checkpoint the ledger's last signed one
   * @param receipts of erasures, as texts
   */
  public record View(
      TrustMode trust,
      List<WindowRow> windows,
      List<ProofRow> proofs,
      List<LedgerRow> ledger,
      String root,
      String checkpoint,
      List<String> receipts) {
    /** Copies the lists. */
    public View {
      windows = List.copyOf(windows);
      proofs = List.copyOf(proofs);
      ledger = List.copyOf(ledger);
      receipts = List.copyOf(receipts);
    }
  }

  private Console() {}

  /**
   * A view with all entries of a ledger.
   *
   * @throws SQLException if the ledger cannot be read
   */
  public static View view(
      TrustMode trust,
      List<WindowRow> windows,
      List<ProofRow> proofs,
      AuditLog ledger,
      List<String> receipts)
      throws SQLException {
    Checkpoint checkpoint = ledger.checkpoint();
    int size = checkpoint.size();
    HexFormat hex = HexFormat.of();
    List<LedgerRow> rows = new ArrayList<>();
    for (AuditLog.Entry entry : ledger.entries(0, size)) {
      List<String> path =
          ledger.inclusion(entry.index(), size).stream().map(hex::formatHex).toList();
      rows.add(
          new LedgerRow(
              entry.index(), entry.time(), entry.kind(), hex.formatHex(entry.leaf()), path));
    }
    String root = hex.formatHex(checkpoint.root());
    return new View(trust, windows, proofs, rows, root, checkpoint.text(), receipts);
  }

  /**
   * The page and what it needs, for {@link VerifierServer#start}.
   *
   * @param view what it shows now
   * @param snarkjs the file {@code snarkjs.min.js} of the npm package of that name, by which the
   *     browser can verify; without it, only the server does
   * @throws IOException if that file cannot be read
   */
  public static List<Page> pages(Supplier<View> view, Optional<Path> snarkjs) throws IOException {
    List<Page> pages = new ArrayList<>();
    pages.add(resource("/", "text/html", "page.html"));
    pages.add(resource("/page.css", "text/css", "page.css"));
    pages.add(resource("/page.js", "text/javascript", "page.js"));
    if (snarkjs.isPresent()) {
      byte[] script = Files.readAllBytes(snarkjs.get());
      pages.add(new Page("/snarkjs.min.js", "text/javascript", () -> script));
    }
    pages.add(
        new Page(
            "/api/console",
            "application/json",
            () -> json(view.get(), snarkjs.isPresent()).getBytes(StandardCharsets.UTF_8)));
    return pages;
  }

  private static Page resource(String path, String type, String name) {
    return Page.ofResource(path, type + "; charset=utf-8", Console.class, name);
  }

  private static String json(View view, boolean snarkjs) {
    return JsonText.object(
        out -> {
          out.writeBooleanField("snarkjs", snarkjs);
          out.writeStringField("trust", view.trust().toString());
          write(out, "windows", view.windows(), row -> write(out, row));
          write(out, "proofs", view.proofs(), row -> write(out, row));
          write(out, "ledger", view.ledger(), row -> write(out, row));
          out.writeStringField("root", view.root());
          out.writeStringField("checkpoint", view.checkpoint());
          out.writeArrayFieldStart("receipts");
          for (String receipt : view.receipts()) {
            out.writeString(receipt);
          }
          out.writeEndArray();
        });
  }

  private interface Fields<T> {
    void of(T row) throws IOException;
  }

  private static <T> void write(JsonGenerator out, String name, List<T> rows, Fields<T> fields)
      throws IOException {
    out.writeArrayFieldStart(name);
    for (T row : rows) {
      out.writeStartObject();
      fields.of(row);
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  private static void write(JsonGenerator out, WindowRow row) throws IOException {
    out.writeStringField("channel", row.channel());
    out.writeStringField("start", row.start().toString());
    out.writeStringField("end", row.end().toString());
    out.writeNumberField("present", row.present());
    out.writeNumberField("slots", row.slots());
    out.writeStringField("state", row.state().toString());
  }

  private static void write(JsonGenerator out, ProofRow row) throws IOException {
    out.writeNumberField("number", row.number());
    out.writeStringField("window", row.window().toString());
    out.writeStringField("policy", row.proof().policy());
    out.writeStringField("question", row.question());
    out.writeBooleanField("holds", row.holds());
    out.writeFieldName("proof");
    out.writeRawValue(ProofJson.toJson(row.proof().proof()));
    out.writeFieldName("publicSignals");
    out.writeRawValue(PublicJson.toJson(row.proof().signals()));
    out.writeFieldName("windows");
    out.writeRawValue(ProofJson.toJson(row.proof().windows()));
  }

  private static void write(JsonGenerator out, LedgerRow row) throws IOException {
    out.writeNumberField("index", row.index());
    out.writeStringField("time", row.time().toString());
    out.writeStringField("kind", row.kind());
    out.writeStringField("leaf", row.leaf());
    out.writeArrayFieldStart("path");
    for (String hash : row.path()) {
      out.writeString(hash);
    }
    out.writeEndArray();
  }
}
