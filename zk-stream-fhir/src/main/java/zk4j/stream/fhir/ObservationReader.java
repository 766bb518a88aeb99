package zk4j.stream.fhir;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.BaseDateTimeType;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.SampledData;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;
import zk4j.stream.Channel;
import zk4j.stream.Reading;
import zk4j.stream.fhir.Skipped.Reason;

/** Collects the readings of one document. */
final class ObservationReader {
  private static final String LOINC = "http://loinc.org";
  private static final String UCUM = "http://unitsofmeasure.org";

  private static final Set<ObservationStatus> COUNTED =
      EnumSet.of(ObservationStatus.FINAL, ObservationStatus.AMENDED, ObservationStatus.CORRECTED);

  /** FHIR's instant: HAPI would take the machine's own zone where there is none. */
  private static final Pattern INSTANT =
      Pattern.compile(
          "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?"
              + "(Z|[+-][0-9]{2}:[0-9]{2})");

  /** A number of up to 18 digits on either side of the point, or what stands for none. */
  private static final Pattern SAMPLE =
      Pattern.compile("[EUL]|-?[0-9]{0,18}(\\.[0-9]{1,18})?(?<=[0-9])");

  /** More digits than any of these have is no measurement, and arithmetic on it would take long. */
  private static final int MAX_DIGITS = 40;

  private static final BigDecimal DAY = BigDecimal.valueOf(Duration.ofDays(1).toMillis());

  private final Map<Measure, Channel> channels;
  private final Rounding rounding;
  private final int most;
  private final List<FhirReading> readings = new ArrayList<>();
  private final List<Skipped> skipped = new ArrayList<>();

  /**
   * A reader.
   *
   * @param most readings and skipped ones together
   */
  ObservationReader(Map<Measure, Channel> channels, Rounding rounding, int most) {
    this.channels = channels;
    this.rounding = rounding;
    this.most = most;
  }

  FhirReadings result() {
    return new FhirReadings(readings, skipped);
  }

  void skip(long entry, String path, Reason reason) throws Refusal {
    requireRoom();
    skipped.add(new Skipped(entry, path, reason));
  }

  private void requireRoom() throws Refusal {
    if (readings.size() + skipped.size() == most) {
      throw new Refusal("more than " + most + " readings");
    }
  }

  void read(long entry, @Nullable Resource resource) throws Refusal {
    if (!(resource instanceof Observation observation)) {
      skip(entry, "", Reason.NOT_OBSERVATION);
    } else if (observation.hasModifierExtension()) {
      skip(entry, "modifierExtension", Reason.MODIFIED);
    } else if (observation.hasImplicitRules()) {
      skip(entry, "implicitRules", Reason.MODIFIED);
    } else if (!COUNTED.contains(observation.getStatus())) {
      skip(entry, "status", Reason.STATUS);
    } else {
      readCounted(entry, observation);
    }
  }

  private void readCounted(long entry, Observation observation) throws Refusal {
    Set<Measure> measures = measures(observation);
    if (measures.size() != 1) {
      skip(entry, "code", measures.isEmpty() ? Reason.CODE : Reason.AMBIGUOUS_CODE);
      return;
    }
    Measure measure = measures.iterator().next();
    Type value = observation.getValue();
    if (value == null && observation.hasDataAbsentReason()) {
      skip(entry, "dataAbsentReason", Reason.ABSENT);
      return;
    }
    if (value == null || observation.hasDataAbsentReason()) {
      skip(entry, "value", Reason.VALUE);
      return;
    }
    Optional<Instant> time = time(observation.getEffective());
    if (time.isEmpty()) {
      skip(entry, "effective", Reason.TIME);
      return;
    }
    Source source =
        new Source(
            entry,
            measure,
            time.get(),
            reference(observation.getSubject()),
            reference(observation.getDevice()));
    if (value instanceof Quantity quantity) {
      single(source, quantity);
    } else if (value instanceof SampledData data) {
      series(source, data);
    } else {
      skip(entry, "value", Reason.VALUE);
    }
  }

  /** What all readings of an Observation have in common. */
  private record Source(
      long entry,
      Measure measure,
      Instant time,
      Optional<String> subject,
      Optional<String> device) {}

  /** Those measures that are read. */
  private Set<Measure> measures(Observation observation) {
    Set<Measure> measures = EnumSet.noneOf(Measure.class);
    for (Coding coding : observation.getCode().getCoding()) {
      for (Measure measure : channels.keySet()) {
        if (LOINC.equals(coding.getSystem()) && measure.loinc().equals(coding.getCode())) {
          measures.add(measure);
        }
      }
    }
    return measures;
  }

  private static Optional<Instant> time(@Nullable Type effective) {
    if (!(effective instanceof DateTimeType || effective instanceof InstantType)) {
      return Optional.empty();
    }
    String text = ((BaseDateTimeType) effective).getValueAsString();
    if (text == null || !INSTANT.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException e) { // there is no such day or hour
      return Optional.empty();
    }
  }

  private static Optional<String> reference(Reference reference) {
    return Optional.ofNullable(reference.getReferenceElement().getValue());
  }

  private void single(Source source, Quantity quantity) throws Refusal {
    String path = "valueQuantity";
    if (quantity.hasComparator()) {
      skip(source.entry, path + ".comparator", Reason.COMPARATOR);
      return;
    }
    Optional<BigDecimal> factor = factor(source.measure, quantity);
    if (factor.isEmpty()) {
      skip(source.entry, path + ".code", Reason.UNIT);
    } else if (!isBounded(quantity.getValue())) {
      skip(source.entry, path + ".value", Reason.VALUE);
    } else {
      add(source, source.time, quantity.getValue().multiply(factor.get()), path + ".value");
    }
  }

  private static Optional<BigDecimal> factor(Measure measure, Quantity quantity) {
    return UCUM.equals(quantity.getSystem()) && quantity.hasCode()
        ? measure.factor(quantity.getCode())
        : Optional.empty();
  }

  private static boolean isBounded(@Nullable BigDecimal value) {
    return value != null
        && value.precision() <= MAX_DIGITS
        && Math.abs((long) value.scale()) <= MAX_DIGITS;
  }

  private void series(Source source, SampledData data) throws Refusal {
    String path = "valueSampledData";
    Optional<BigDecimal> unit = factor(source.measure, data.getOrigin());
    BigDecimal origin = data.getOrigin().getValue();
    BigDecimal scale = data.hasFactor() ? data.getFactor() : BigDecimal.ONE;
    if (data.getOrigin().hasComparator()) {
      skip(source.entry, path + ".origin.comparator", Reason.COMPARATOR);
    } else if (unit.isEmpty()) {
      skip(source.entry, path + ".origin.code", Reason.UNIT);
    } else if (!isBounded(origin)) {
      skip(source.entry, path + ".origin.value", Reason.VALUE);
    } else if (!isBounded(scale)) {
      skip(source.entry, path + ".factor", Reason.VALUE);
    } else if (data.getDimensions() != 1) {
      skip(source.entry, path + ".dimensions", Reason.DIMENSIONS);
    } else if (!isPeriod(data.getPeriod())) {
      skip(source.entry, path + ".period", Reason.SAMPLES);
    } else {
      List<String> samples = samples(data.getData());
      if (samples.isEmpty()) {
        skip(source.entry, path + ".data", Reason.SAMPLES);
      }
      long period = data.getPeriod().longValueExact();
      for (int i = 0; i < samples.size(); i++) {
        String at = path + ".data[" + i + "]";
        String sample = samples.get(i);
        switch (sample) {
          case "E" -> skip(source.entry, at, Reason.ABSENT);
          case "U" -> skip(source.entry, at, Reason.ABOVE_LIMIT);
          case "L" -> skip(source.entry, at, Reason.BELOW_LIMIT);
          default -> {
            BigDecimal value = origin.add(new BigDecimal(sample).multiply(scale));
            add(source, source.time.plusMillis(period * i), value.multiply(unit.get()), at);
          }
        }
      }
    }
  }

  private static boolean isPeriod(@Nullable BigDecimal period) {
    return period != null
        && isBounded(period)
        && period.signum() > 0
        && period.compareTo(DAY) <= 0
        && period.stripTrailingZeros().scale() <= 0;
  }

  /** Parts with one space between; empty if there is none, or one that is no sample. */
  private List<String> samples(@Nullable String data) throws Refusal {
    List<String> samples = new ArrayList<>();
    if (data == null) {
      return samples;
    }
    Matcher sample = SAMPLE.matcher(data);
    int from = 0;
    while (from <= data.length()) {
      int space = data.indexOf(' ', from);
      int end = space < 0 ? data.length() : space;
      if (!sample.region(from, end).matches()) {
        return List.of();
      }
      if (samples.size() == most) {
        throw new Refusal("more than " + most + " readings");
      }
      samples.add(data.substring(from, end));
      from = end + 1;
    }
    return samples;
  }

  /** Adds what the channel can hold. */
  private void add(Source source, Instant time, BigDecimal value, String path) throws Refusal {
    Channel channel = channels.get(source.measure);
    if (channel == null) {
      throw new IllegalStateException("no channel of " + source.measure);
    }
    BigDecimal integer = value.setScale(0, RoundingMode.HALF_UP);
    if (rounding == Rounding.REFUSE && integer.compareTo(value) != 0) {
      skip(source.entry, path, Reason.NOT_INTEGRAL);
    } else if (value.signum() < 0 || integer.compareTo(BigDecimal.valueOf(channel.largest())) > 0) {
      skip(source.entry, path, Reason.OUT_OF_RANGE);
    } else {
      requireRoom();
      Reading reading = new Reading(channel, time, integer.intValueExact());
      readings.add(new FhirReading(reading, source.subject, source.device, source.entry));
    }
  }
}
