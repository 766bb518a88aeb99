package zk4j.circomcompat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/** A file of sections, taken apart and put together with nothing checked. */
final class Container {
  private final byte[] head;
  private final List<Section> sections;

  private static final class Section {
    final int type;
    final byte[] data;

    Section(int type, byte[] data) {
      this.type = type;
      this.data = data;
    }
  }

  private Container(byte[] head, List<Section> sections) {
    this.head = head;
    this.sections = sections;
  }

  static Container parse(byte[] file) {
    ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    byte[] head = new byte[8];
    in.get(head);
    List<Section> sections = new ArrayList<>();
    int count = in.getInt();
    for (int i = 0; i < count; i++) {
      int type = in.getInt();
      byte[] data = new byte[(int) in.getLong()];
      in.get(data);
      sections.add(new Section(type, data));
    }
    return new Container(head, sections);
  }

  byte[] bytes() {
    int size = 12 + sections.stream().mapToInt(s -> 12 + s.data.length).sum();
    ByteBuffer out = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    out.put(head).putInt(sections.size());
    for (Section section : sections) {
      out.putInt(section.type).putLong(section.data.length).put(section.data);
    }
    return out.array();
  }

  /** Offsets at which something begins or ends: the head, each section, each section's data. */
  List<Integer> boundaries() {
    List<Integer> boundaries = new ArrayList<>(List.of(0, 4, 8, 12));
    int at = 12;
    for (Section section : sections) {
      boundaries.addAll(List.of(at + 4, at + 12, at + 12 + section.data.length));
      at += 12 + section.data.length;
    }
    return boundaries;
  }

  Container shuffled(Random random) {
    List<Section> shuffled = new ArrayList<>(sections);
    Collections.shuffle(shuffled, random);
    return new Container(head, shuffled);
  }

  /** Moves a section to the end. */
  Container last(int type) {
    return without(type).with(type, data(type));
  }

  byte[] data(int type) {
    return sections.stream().filter(s -> s.type == type).findFirst().orElseThrow().data;
  }

  Container without(int type) {
    return new Container(head, sections.stream().filter(s -> s.type != type).toList());
  }

  Container with(int type, byte[] data) {
    List<Section> more = new ArrayList<>(sections);
    more.add(new Section(type, data));
    return new Container(head, more);
  }

  /** Resizes a section with zeros. */
  Container resized(int type, int change) {
    return new Container(
        head,
        sections.stream()
            .map(
                s ->
                    s.type == type
                        ? new Section(type, Arrays.copyOf(s.data, s.data.length + change))
                        : s)
            .toList());
  }

  /** Changes a section's little-endian bytes. */
  Container edited(int type, Consumer<ByteBuffer> edit) {
    Container copy = resized(type, 0);
    for (Section section : copy.sections) {
      if (section.type == type) {
        edit.accept(ByteBuffer.wrap(section.data).order(ByteOrder.LITTLE_ENDIAN));
      }
    }
    return copy;
  }
}
