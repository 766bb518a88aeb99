package zk4j.r1cs;

import java.util.Locale;
import zk4j.r1cs.ConstraintReport.Part;

/** Draws a {@link ConstraintReport}: rows from the whole down, in units of pixels. */
final class FlameChart {
  private static final int WIDTH = 1200;
  private static final int ROW = 20;

  /** Narrower parts are left out. */
  private static final double LEAST_WIDTH = 0.5;

  /** The width of a letter, at least. */
  private static final double LETTER = 7.5;

  private final StringBuilder out = new StringBuilder();
  private final int total;

  private FlameChart(int total) {
    this.total = total;
  }

  static String svg(Part root) {
    FlameChart chart = new FlameChart(Math.max(1, root.total()));
    int height = ROW * depth(root, WIDTH, chart.total);
    chart.out.append(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\">\n"
            .formatted(WIDTH, height, WIDTH, height));
    chart.out.append(
        "<style>text { font: 12px monospace; fill: #222; } rect { stroke: #fff; }</style>\n");
    chart.draw(root, 0, 0);
    return chart.out.append("</svg>\n").toString();
  }

  private static int depth(Part part, double width, int total) {
    int deepest = 0;
    for (Part child : part.parts()) {
      if (child.total() * width / total >= LEAST_WIDTH) {
        deepest = Math.max(deepest, depth(child, width, total));
      }
    }
    return deepest + 1;
  }

  private void draw(Part part, double x, int depth) {
    double width = (double) WIDTH * part.total() / total;
    String name = part.instances() > 1 ? part.name() + " x " + part.instances() : part.name();
    String title =
        String.format(
            Locale.ROOT,
            "%s: %d constraints, %.1f %%",
            name,
            part.total(),
            100.0 * part.total() / total);
    // Warm colours, lighter with depth; text on them is dark in any theme.
    int lightness = Math.min(85, 65 + 3 * depth);
    int hue = 20 + Math.floorMod(part.name().hashCode(), 35);
    out.append(
        String.format(
            Locale.ROOT,
            "<g><title>%s</title><rect x=\"%.2f\" y=\"%d\" width=\"%.2f\" height=\"%d\" fill=\"hsl(%d,80%%,%d%%)\"/>",
            escaped(title),
            x,
            depth * ROW,
            width,
            ROW,
            hue,
            lightness));
    int letters = (int) (width / LETTER) - 1;
    if (letters >= 3) {
      String shown = name.length() <= letters ? name : name.substring(0, letters - 1) + "\u2026";
      out.append(
          String.format(
              Locale.ROOT,
              "<text x=\"%.2f\" y=\"%d\">%s</text>",
              x + 4,
              depth * ROW + 14,
              escaped(shown)));
    }
    out.append("</g>\n");
    double at = x;
    for (Part child : part.parts()) {
      double childWidth = (double) WIDTH * child.total() / total;
      if (childWidth >= LEAST_WIDTH) {
        draw(child, at, depth + 1);
      }
      at += childWidth;
    }
  }

  /** As text of XML; characters that XML has not become question marks. */
  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '&' -> escaped.append("&amp;");
                case '"' -> escaped.append("&quot;");
                default -> {
                  boolean plain = c >= 0x20 && !Character.isISOControl(c);
                  boolean valid = c < 0xd800 || (c > 0xdfff && c < 0xfffe) || c > 0xffff;
                  escaped.appendCodePoint(plain && valid ? c : '?');
                }
              }
            });
    return escaped.toString();
  }
}
