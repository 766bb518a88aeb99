package zk4j.stream.fhir;

import java.math.BigDecimal;
import java.util.Optional;
import zk4j.stream.Channel;

/** What an Observation may be of: a LOINC code, and the UCUM units that its values may have. */
public enum Measure {
  /** LOINC 8867-4, in /min. */
  HEART_RATE("8867-4", "/min"),

  /** LOINC 59408-5, by pulse oximetry, in %. */
  SPO2("59408-5", "%"),

  /** LOINC 2339-0, in blood, in mg/dL; values in mmol/L are multiplied by 18.0182. */
  GLUCOSE("2339-0", "mg/dL");

  private static final BigDecimal MG_DL_PER_MMOL_L = new BigDecimal("18.0182");

  private final String loinc;
  private final String unit;

  Measure(String loinc, String unit) {
    this.loinc = loinc;
    this.unit = unit;
  }

  /** The code in LOINC. */
  public String loinc() {
    return loinc;
  }

  /** The unit of its readings, as UCUM writes it. */
  public String unit() {
    return unit;
  }

  /** The channel of its readings, unless a reader is given another. */
  public Channel channel() {
    return switch (this) {
      case HEART_RATE -> Channel.HEART_RATE;
      case SPO2 -> Channel.SPO2;
      case GLUCOSE -> Channel.GLUCOSE;
    };
  }

  /** What a value in a unit of UCUM is multiplied by; empty for a unit that it may not have. */
  Optional<BigDecimal> factor(String from) {
    if (from.equals(unit)) {
      return Optional.of(BigDecimal.ONE);
    }
    return this == GLUCOSE && from.equals("mmol/L")
        ? Optional.of(MG_DL_PER_MMOL_L)
        : Optional.empty();
  }
}
