package zk4j.circomcompat.witness;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import zk4j.core.MalformedDataException;

/**
 * Walks over the outline of a WebAssembly 1.0 module and checks every size and count that the
 * parser allocates for against the bytes that are there. Finds the functions' names on the way.
 *
 * @see <a href="https://www.w3.org/TR/wasm-core-1/#binary-format">the binary format</a>
 */
final class WasmOutline {
  /** circom's modules have 19; the compiler's work grows with types times functions. */
  private static final int MAX_TYPES = 64;

  private static final int CUSTOM = 0;
  private static final int TYPE = 1;
  private static final int IMPORT = 2;
  private static final int EXPORT = 7;
  private static final int ELEMENT = 9;
  private static final int CODE = 10;
  private static final int DATA = 11;
  private static final int FUNCTION_NAMES = 1;
  private static final int I32_CONST = 0x41;
  private static final int GLOBAL_GET = 0x23;
  private static final int END = 0x0b;

  private final byte[] bytes;
  private final String source;
  private int position;

  /** The end of the innermost section, body or module that the cursor is in. */
  private int end;

  private WasmOutline(byte[] bytes, String source) {
    this.bytes = bytes;
    this.source = source;
    this.end = bytes.length;
  }

  /** Checks a module; returns the names of its functions by index, where it has some. */
  static Map<Integer, String> check(byte[] wasm, String source) throws MalformedDataException {
    return new WasmOutline(wasm, source).module();
  }

  private Map<Integer, String> module() throws MalformedDataException {
    if (bytes.length < 8 || word(0) != 0x6d736100) {
      throw malformed("no WebAssembly module: it does not begin with \\0asm");
    }
    if (word(4) != 1) {
      throw malformed("WebAssembly version " + word(4) + " instead of 1");
    }
    position = 8;
    Map<Integer, String> functionNames = new HashMap<>();
    while (position < bytes.length) {
      int id = one("a section's type");
      end = endOf("a section's bytes");
      switch (id) {
        case CUSTOM -> custom(functionNames);
        case TYPE -> types();
        case IMPORT -> imports();
        case EXPORT -> exports();
        case ELEMENT -> elements();
        case CODE -> code();
        case DATA -> data();
        default -> {} // their items are parsed one by one, with nothing allocated ahead
      }
      position = end;
      end = bytes.length;
    }
    return functionNames;
  }

  private void types() throws MalformedDataException {
    int types = count("types");
    if (types > MAX_TYPES) {
      throw malformed(types + " types, more than " + MAX_TYPES);
    }
    for (int i = 0; i < types; i++) {
      int form = one("a type");
      if (form != 0x60) {
        throw malformed("type " + i + " is no function type of WebAssembly 1.0");
      }
      skip(count("parameters"));
      skip(count("results"));
    }
  }

  private void imports() throws MalformedDataException {
    for (int i = count("imports"); i > 0; i--) {
      skip(count("bytes of a module's name"));
      skip(count("bytes of an import's name"));
      int kind = one("an import's kind");
      if (kind != 0) {
        throw malformed("an import that is no function; circom 1 made such modules");
      }
      number("a type's index");
    }
  }

  private void exports() throws MalformedDataException {
    for (int i = count("exports"); i > 0; i--) {
      skip(count("bytes of an export's name"));
      one("an export's kind");
      number("an export's index");
    }
  }

  private void elements() throws MalformedDataException {
    for (int i = count("element segments"); i > 0; i--) {
      activeSegment();
      for (int function = count("elements"); function > 0; function--) {
        number("a function's index");
      }
    }
  }

  private void data() throws MalformedDataException {
    for (int i = count("data segments"); i > 0; i--) {
      activeSegment();
      skip(count("bytes of data"));
    }
  }

  /** The head of a segment of table 0 or memory 0: 0, and where it goes to. */
  private void activeSegment() throws MalformedDataException {
    if (number("a segment's kind") != 0) {
      throw malformed("a segment that is not of WebAssembly 1.0");
    }
    int instruction = one("a segment's offset");
    if (instruction != I32_CONST && instruction != GLOBAL_GET) {
      throw malformed("a segment's offset that is not constant");
    }
    number("a segment's offset");
    if (one("a segment's offset") != END) {
      throw malformed("a segment's offset that is not constant");
    }
  }

  /** Locals are declared as a count and a type: few bytes can stand for very many. */
  private void code() throws MalformedDataException {
    int sectionEnd = end;
    long locals = 0;
    for (int i = count("functions"); i > 0; i--) {
      int bodyEnd = endOf("a function's bytes");
      end = bodyEnd;
      for (int groups = count("groups of locals"); groups > 0; groups--) {
        locals += number("locals");
        one("a local's type");
      }
      if (locals > sectionEnd) {
        throw malformed("more local variables than bytes");
      }
      position = bodyEnd;
      end = sectionEnd;
    }
  }

  private void custom(Map<Integer, String> functionNames) throws MalformedDataException {
    boolean names = text("a custom section's name").equals("name");
    int sectionEnd = end;
    while (names && position < sectionEnd) {
      int kind = one("a subsection's kind");
      int subsectionEnd = endOf("a subsection's bytes");
      end = subsectionEnd;
      if (kind == FUNCTION_NAMES) {
        for (int i = count("names"); i > 0; i--) {
          int function = (int) number("a function's index");
          functionNames.put(function, text("a function's name"));
        }
      }
      position = subsectionEnd;
      end = sectionEnd;
    }
  }

  private String text(String what) throws MalformedDataException {
    int length = count(what);
    String text = new String(bytes, position, length, StandardCharsets.UTF_8);
    position += length;
    return text;
  }

  /** A count of things of a byte or more each, which must fit in what remains. */
  private int count(String what) throws MalformedDataException {
    long count = number(what);
    if (count > end - position) {
      throw malformed(
          what + ": " + count + " do not fit in the " + (end - position) + " bytes left");
    }
    return (int) count;
  }

  /** The end of a part whose size comes next. */
  private int endOf(String what) throws MalformedDataException {
    int size = count(what);
    return position + size;
  }

  private void skip(int count) {
    position += count;
  }

  private int one(String what) throws MalformedDataException {
    if (position >= end) {
      throw malformed(what + " is missing");
    }
    return bytes[position++] & 0xff;
  }

  /** An LEB128 number of up to five bytes, read as unsigned. */
  private long number(String what) throws MalformedDataException {
    long value = 0;
    for (int shift = 0; shift < 35; shift += 7) {
      int part = one(what);
      value |= (part & 0x7fL) << shift;
      if (part < 0x80) {
        return value;
      }
    }
    throw malformed(what + " has more than five bytes");
  }

  private int word(int at) {
    return (bytes[at] & 0xff)
        | (bytes[at + 1] & 0xff) << 8
        | (bytes[at + 2] & 0xff) << 16
        | (bytes[at + 3] & 0xff) << 24;
  }

  private MalformedDataException malformed(String problem) {
    return new MalformedDataException(source, null, position, problem);
  }
}
