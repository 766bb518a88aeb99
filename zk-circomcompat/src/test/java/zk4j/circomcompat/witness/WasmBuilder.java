package zk4j.circomcompat.witness;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import zk4j.bn254.Fr;

/** Writes WebAssembly by hand; begins as a circuit of circom 2 with one wire and one input. */
final class WasmBuilder {
  // Instructions.
  static final int UNREACHABLE = 0x00;
  static final int NOP = 0x01;
  static final int LOOP = 0x03;
  static final int IF = 0x04;
  static final int EMPTY = 0x40;
  static final int END = 0x0b;
  static final int BR = 0x0c;
  static final int BR_IF = 0x0d;
  static final int BR_TABLE = 0x0e;
  static final int CALL = 0x10;
  static final int DROP = 0x1a;
  static final int I32_CONST = 0x41;
  static final int I32_LOAD = 0x28;
  static final int I64_LOAD = 0x29;
  static final int I32_LOAD8_U = 0x2d;
  static final int I32_STORE = 0x36;
  static final int I64_STORE = 0x37;
  static final int MEMORY_GROW = 0x40;
  static final int I32_EQ = 0x46;
  static final int I32_ADD = 0x6a;

  // The functions that circom's code imports, in this order.
  static final int EXCEPTION_HANDLER = 0;
  static final int PRINT_ERROR_MESSAGE = 1;
  static final int WRITE_BUFFER_MESSAGE = 2;
  static final int SHOW_SHARED_MEMORY = 3;

  /** Where the code and its caller exchange values. */
  static final int SHARED = 0;

  private static final int PRIME = 64;

  /** An exported function: its numbers of parameters and results, all i32, and its code. */
  private record Export(String name, int parameters, int results, List<Integer> code) {}

  private final Map<String, Integer> imports = new LinkedHashMap<>();
  private final Map<String, Export> exports = new LinkedHashMap<>();
  private final Map<Integer, byte[]> data = new LinkedHashMap<>();
  private final Map<Integer, byte[]> extraSections = new LinkedHashMap<>();
  private long pages = 1;
  private String startFunction = "";

  WasmBuilder() {
    imports.put("runtime.exceptionHandler", 1);
    imports.put("runtime.printErrorMessage", 0);
    imports.put("runtime.writeBufferMessage", 0);
    imports.put("runtime.showSharedRWMemory", 0);
    returning("getVersion", 2);
    returning("getFieldNumLen32", 8);
    returning("getSharedRWMemoryStart", SHARED);
    returning("getInputSize", 1);
    returning("getWitnessSize", 1);
    returning("getMessageChar", 0);
    function("init", 1, 0);
    function("setInputSignal", 3, 0);
    function("getInputSignalSize", 2, 1, I32_CONST, 1);
    List<Integer> copyPrime = new ArrayList<>();
    for (int i = 0; i < 32; i += 8) {
      copyPrime.addAll(List.of(I32_CONST, SHARED + i, I32_CONST, 0xc0, 0)); // 64 as LEB128
      copyPrime.addAll(List.of(I64_LOAD, 0, i, I64_STORE, 0, 0));
    }
    function("getRawPrime", 0, 0, copyPrime.stream().mapToInt(i -> i).toArray());
    function("getWitness", 1, 0, storeWords(1, 0, 0, 0, 0, 0, 0, 0));
    prime(Fr.MODULUS);
  }

  /** Code that stores bytes (0..63) as 32-bit words from the shared memory's start. */
  static int[] storeWords(int... words) {
    List<Integer> code = new ArrayList<>();
    for (int i = 0; i < words.length; i++) {
      code.addAll(List.of(I32_CONST, SHARED + 4 * i, I32_CONST, words[i], I32_STORE, 0, 0));
    }
    return code.stream().mapToInt(i -> i).toArray();
  }

  WasmBuilder prime(BigInteger prime) {
    byte[] littleEndian = new byte[32];
    byte[] bigEndian = prime.toByteArray();
    for (int i = 0; i < Math.min(32, bigEndian.length); i++) {
      littleEndian[i] = bigEndian[bigEndian.length - 1 - i];
    }
    data.put(PRIME, littleEndian);
    return this;
  }

  WasmBuilder data(int offset, byte[] bytes) {
    data.put(offset, bytes);
    return this;
  }

  /** Has one message, which is fetched byte by byte; a counter is at 512, the bytes from 1024. */
  WasmBuilder saying(String message) {
    data(1024, message.getBytes(StandardCharsets.UTF_8));
    // *512 = *512 + 1; return the byte at 1023 + *512. 512 and 1023 are 80 04 and ff 07 as LEB128.
    return function(
        "getMessageChar",
        0,
        1,
        I32_CONST,
        0x80,
        4,
        I32_CONST,
        0x80,
        4,
        I32_LOAD,
        0,
        0,
        I32_CONST,
        1,
        I32_ADD,
        I32_STORE,
        0,
        0,
        I32_CONST,
        0x80,
        4,
        I32_LOAD,
        0,
        0,
        I32_LOAD8_U,
        0,
        0xff,
        7);
  }

  WasmBuilder pages(long initial) {
    pages = initial;
    return this;
  }

  WasmBuilder returning(String name, int result) {
    return function(name, 0, 1, constant(result));
  }

  static int[] constant(int value) {
    byte[] number = signed(value);
    int[] code = new int[1 + number.length];
    code[0] = I32_CONST;
    for (int i = 0; i < number.length; i++) {
      code[1 + i] = number[i] & 0xff;
    }
    return code;
  }

  /** Exports a function; its closing end is added. */
  WasmBuilder function(String name, int parameters, int results, int... code) {
    List<Integer> bytes = Arrays.stream(code).boxed().toList();
    exports.put(name, new Export(name, parameters, results, bytes));
    return this;
  }

  WasmBuilder without(String export) {
    exports.remove(export);
    return this;
  }

  /** Renames an import, "module.name". */
  WasmBuilder importing(String from, String to) {
    Map<String, Integer> old = new LinkedHashMap<>(imports);
    imports.clear();
    old.forEach((name, type) -> imports.put(name.equals(from) ? to : name, type));
    return this;
  }

  /** Drops all but the first imports. */
  WasmBuilder keepingImports(int count) {
    List.copyOf(imports.keySet()).subList(count, imports.size()).forEach(imports::remove);
    return this;
  }

  WasmBuilder start(String function) {
    startFunction = function;
    return this;
  }

  /** Replaces or adds a section, without its type and size. */
  WasmBuilder section(int type, byte[] content) {
    extraSections.put(type, content);
    return this;
  }

  /** The number that a call names an exported function by. */
  int index(String export) {
    return imports.size() + List.copyOf(exports.keySet()).indexOf(export);
  }

  byte[] build() {
    List<Export> functions = List.copyOf(exports.values());
    Map<Integer, byte[]> sections = new TreeMap<>();
    // A type for every function; imported ones first.
    Bytes types = new Bytes().number(imports.size() + functions.size());
    imports.values().forEach(parameters -> types.raw(type(parameters, 0)));
    functions.forEach(f -> types.raw(type(f.parameters, f.results)));
    sections.put(1, types.toByteArray());
    Bytes imported = new Bytes().number(imports.size());
    int index = 0;
    for (String name : imports.keySet()) {
      int dot = name.indexOf('.');
      imported.text(name.substring(0, dot)).text(name.substring(dot + 1)).number(0).number(index++);
    }
    sections.put(2, imported.toByteArray());
    Bytes typeIndices = new Bytes().number(functions.size());
    Bytes exported = new Bytes().number(functions.size());
    Bytes code = new Bytes().number(functions.size());
    for (Export function : functions) {
      typeIndices.number(index);
      exported.text(function.name).number(0).number(index++);
      Bytes body = new Bytes().number(0);
      function.code.forEach(body::write);
      code.sized(body.number(END).toByteArray());
    }
    sections.put(3, typeIndices.toByteArray());
    sections.put(5, new Bytes().number(1).number(0).number(pages).toByteArray());
    sections.put(7, exported.toByteArray());
    if (!startFunction.isEmpty()) {
      sections.put(8, new Bytes().number(index(startFunction)).toByteArray());
    }
    sections.put(10, code.toByteArray());
    Bytes segments = new Bytes().number(data.size());
    data.forEach(
        (offset, bytes) ->
            segments.number(0).number(I32_CONST).raw(signed(offset)).number(END).sized(bytes));
    sections.put(11, segments.toByteArray());
    sections.putAll(extraSections);
    Bytes module = new Bytes().raw(new byte[] {0, 'a', 's', 'm', 1, 0, 0, 0});
    sections.forEach((type, content) -> module.number(type).sized(content));
    return module.toByteArray();
  }

  private static byte[] type(int parameters, int results) {
    Bytes bytes = new Bytes().number(0x60).number(parameters);
    for (int i = 0; i < parameters; i++) {
      bytes.number(0x7f);
    }
    bytes.number(results);
    for (int i = 0; i < results; i++) {
      bytes.number(0x7f);
    }
    return bytes.toByteArray();
  }

  private static byte[] signed(int value) {
    Bytes bytes = new Bytes();
    int rest = value;
    while (rest < -64 || rest > 63) {
      bytes.write((rest & 0x7f) | 0x80);
      rest >>= 7;
    }
    bytes.write(rest & 0x7f);
    return bytes.toByteArray();
  }

  /** Bytes with the format's numbers, texts and sized parts. */
  static class Bytes extends ByteArrayOutputStream {
    Bytes number(long unsigned) {
      long rest = unsigned;
      for (; rest > 127; rest >>>= 7) {
        write((int) ((rest & 0x7f) | 0x80));
      }
      write((int) rest);
      return this;
    }

    Bytes raw(byte[] bytes) {
      writeBytes(bytes);
      return this;
    }

    Bytes sized(byte[] bytes) {
      return number(bytes.length).raw(bytes);
    }

    Bytes text(String text) {
      return sized(text.getBytes(StandardCharsets.UTF_8));
    }
  }
}
