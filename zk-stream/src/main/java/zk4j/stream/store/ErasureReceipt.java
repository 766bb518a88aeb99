package zk4j.stream.store;

import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import zk4j.bn254.Fr;
import zk4j.stream.ledger.AuditLog;
import zk4j.stream.ledger.Checkpoint;

/**
 * That a window was erased: the ledger's entry, and where it is in a tree whose root is signed.
 *
 * @param header the hash of the window's header
 * @param cid where it was
 * @param entry of the ledger
 * @param path from the entry to the root of the checkpoint
 * @param checkpoint of the ledger
 */
public record ErasureReceipt(
    Fr header, Cid cid, AuditLog.Entry entry, List<String> path, Checkpoint checkpoint) {
  static ErasureReceipt of(Fr header, Cid cid, AuditLog.Entry entry, AuditLog ledger) {
    Checkpoint checkpoint = ledger.checkpoint();
    List<String> path =
        ledger.inclusion(entry.index(), checkpoint.size()).stream()
            .map(Base64.getEncoder()::encodeToString)
            .toList();
    return new ErasureReceipt(header, cid, entry, path, checkpoint);
  }

  /** A text to be kept by the person whose window it was. */
  public String text() {
    return "erased window %s\nat %s\nwhich was %s\nentry %d of the ledger, by the path\n%s\n%s"
        .formatted(
            header,
            entry.time(),
            cid,
            entry.index(),
            path.stream().map(hash -> "  " + hash + "\n").collect(Collectors.joining()),
            checkpoint.text());
  }
}
