package zk4j.circomcompat.witness;

import com.dylibso.chicory.compiler.InterpreterFallback;
import com.dylibso.chicory.compiler.MachineFactoryCompiler;
import com.dylibso.chicory.runtime.ByteArrayMemory;
import com.dylibso.chicory.runtime.ChicoryInterruptedException;
import com.dylibso.chicory.runtime.ImportValues;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Machine;
import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.AnnotatedInstruction;
import com.dylibso.chicory.wasm.types.Export;
import com.dylibso.chicory.wasm.types.ExternalType;
import com.dylibso.chicory.wasm.types.FunctionBody;
import com.dylibso.chicory.wasm.types.FunctionImport;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.Import;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import com.dylibso.chicory.wasm.types.MemorySection;
import com.dylibso.chicory.wasm.types.OpCode;
import com.dylibso.chicory.wasm.types.ValType;
import java.io.ByteArrayInputStream;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.MethodTooLargeException;
import zk4j.core.MalformedDataException;

/**
 * A circuit's WebAssembly, checked and compiled to JVM byte code. Immutable and thread-safe: each
 * calculation has an instance of its own.
 */
final class CircuitCode {
  /** The functions that circom 2 imports, all from the module of this name. */
  static final String IMPORTED_FROM = "runtime";

  static final FunctionType EXCEPTION_HANDLER = type(1, 0);
  static final FunctionType NO_ARGUMENTS = type(0, 0);

  private static final Map<String, FunctionType> IMPORTS =
      Map.of(
          "exceptionHandler", EXCEPTION_HANDLER,
          "printErrorMessage", NO_ARGUMENTS,
          "writeBufferMessage", NO_ARGUMENTS,
          "showSharedRWMemory", NO_ARGUMENTS);

  private static final Map<String, FunctionType> EXPORTS =
      Map.ofEntries(
          Map.entry("getVersion", type(0, 1)),
          Map.entry("getFieldNumLen32", type(0, 1)),
          Map.entry("getRawPrime", type(0, 0)),
          Map.entry("getSharedRWMemoryStart", type(0, 1)),
          Map.entry("init", type(1, 0)),
          Map.entry("getInputSize", type(0, 1)),
          Map.entry("setInputSignal", type(3, 0)),
          Map.entry("getWitnessSize", type(0, 1)),
          Map.entry("getWitness", type(1, 0)),
          Map.entry("getMessageChar", type(0, 1)));

  /** Since circom 2.0.4. */
  private static final Map<String, FunctionType> OPTIONAL_EXPORTS =
      Map.of("getInputSignalSize", type(2, 1));

  /** Entries of all tables together; circom's one table has an entry for some of the functions. */
  private static final long MAX_TABLE = 1_000_000;

  /**
   * Instructions beyond which a function stays interpreted. circom's take from 2.0 to 3.5 bytes of
   * byte code each; the JVM allows 65535 bytes a method, and HotSpot's compilers leave alone what
   * has more than 8000. Such functions mostly fill in constants or call others, so that compiling
   * them costs more time than it saves.
   */
  private static final int MAX_INSTRUCTIONS = 16_000;

  private final WasmModule module;
  private final Function<Instance, Machine> machines;
  private final List<String> interpreted;

  private CircuitCode(
      WasmModule module, Function<Instance, Machine> machines, List<String> interpreted) {
    this.module = module;
    this.machines = machines;
    this.interpreted = interpreted;
  }

  private static FunctionType type(int parameters, int results) {
    return FunctionType.of(
        Collections.nCopies(parameters, ValType.I32), Collections.nCopies(results, ValType.I32));
  }

  /** Parses, checks and compiles. */
  static CircuitCode of(byte[] wasm, String source) throws MalformedDataException {
    Map<Integer, String> names = WasmOutline.check(wasm, source);
    try {
      WasmModule module =
          Parser.builder()
              .withCustomParsers(Map.of())
              .build()
              .parse(() -> new ByteArrayInputStream(wasm));
      requireInterface(module, source);
      requireWebAssembly1(module, source);
      return compile(module, names);
    } catch (OutOfMemoryError e) {
      throw malformed(source, "the Java heap has no room for " + wasm.length + " bytes of code", e);
    } catch (RuntimeException | AssertionError | LinkageError | StackOverflowError e) {
      throw malformed(source, "the code is invalid: " + e.getMessage(), e);
    }
  }

  private static void requireInterface(WasmModule module, String source)
      throws MalformedDataException {
    Map<String, Export> exports = new HashMap<>();
    for (int i = 0; i < module.exportSection().exportCount(); i++) {
      Export export = module.exportSection().getExport(i);
      exports.put(export.name(), export);
    }
    if (!exports.containsKey("getVersion") && exports.containsKey("getNVars")) {
      throw malformed(source, "circom 1 made this file; compile the circuit with circom 2", null);
    }
    for (Map.Entry<String, FunctionType> needed : EXPORTS.entrySet()) {
      Export export = exports.get(needed.getKey());
      if (export == null) {
        throw malformed(source, "no circuit of circom 2: it exports no " + needed.getKey(), null);
      }
    }
    for (Map<String, FunctionType> known : List.of(EXPORTS, OPTIONAL_EXPORTS)) {
      for (Map.Entry<String, FunctionType> entry : known.entrySet()) {
        Export export = exports.get(entry.getKey());
        if (export != null && !hasType(module, export, entry.getValue())) {
          throw malformed(
              source,
              "the export " + export.name() + " is no function of " + entry.getValue(),
              null);
        }
      }
    }
    for (int i = 0; i < module.importSection().importCount(); i++) {
      Import imported = module.importSection().getImport(i);
      String name = imported.module() + "." + imported.name();
      FunctionType expected = IMPORTS.get(imported.name());
      if (!imported.module().equals(IMPORTED_FROM)
          || expected == null
          || !(imported instanceof FunctionImport function)
          || !expected.equals(module.typeSection().getType(function.typeIndex()))) {
        throw malformed(source, "it imports " + name + ", which circom 2 does not", null);
      }
    }
  }

  private static boolean hasType(WasmModule module, Export export, FunctionType type) {
    // Only functions of the module itself: all imports are functions here.
    int defined = export.index() - module.importSection().importCount();
    return export.exportType() == ExternalType.FUNCTION
        && defined >= 0
        && defined < module.functionSection().functionCount()
        && type.equals(module.functionSection().getFunctionType(defined, module.typeSection()));
  }

  /**
   * Refuses what circom does not emit: later instructions can take long or allocate much without
   * being interrupted (bulk copies, garbage-collected arrays, waits).
   */
  private static void requireWebAssembly1(WasmModule module, String source)
      throws MalformedDataException {
    FunctionBody[] bodies = module.codeSection().functionBodies();
    for (int i = 0; i < bodies.length; i++) {
      for (AnnotatedInstruction instruction : bodies[i].instructions()) {
        OpCode code = instruction.opcode();
        if (!isWebAssembly1(code.opcode())) {
          throw malformed(source, code + " is no instruction of WebAssembly 1.0", null);
        }
      }
    }
    long entries = 0;
    for (int i = 0; i < module.tableSection().tableCount(); i++) {
      entries += module.tableSection().getTable(i).limits().min();
    }
    if (entries > MAX_TABLE) {
      throw malformed(source, "tables of " + entries + " entries, more than " + MAX_TABLE, null);
    }
    int memories = module.memorySection().map(MemorySection::memoryCount).orElse(0);
    if (memories != 1) {
      throw malformed(source, memories + " memories instead of 1", null);
    }
  }

  private static boolean isWebAssembly1(int opcode) {
    return opcode <= 0x05 // unreachable .. else
        || (opcode >= 0x0b && opcode <= 0x11) // end .. call_indirect
        || (opcode >= 0x1a && opcode <= 0x1b) // drop, select
        || (opcode >= 0x20 && opcode <= 0x24) // locals, globals
        || (opcode >= 0x28 && opcode <= 0xc4); // memory, arithmetic, sign extension
  }

  /**
   * Compiles. A function of fewer instructions may still be too large for a method of the JVM, if
   * they are unusual ones. Each failure costs as much as success and lowers the limit by a quarter,
   * so that there are few.
   */
  private static CircuitCode compile(WasmModule module, Map<Integer, String> names) {
    int imports = module.importSection().importCount();
    FunctionBody[] bodies = module.codeSection().functionBodies();
    int limit = MAX_INSTRUCTIONS;
    while (true) {
      Set<Integer> interpreted = new HashSet<>();
      for (int i = 0; i < bodies.length; i++) {
        if (bodies[i].instructions().size() > limit) {
          interpreted.add(imports + i);
        }
      }
      try {
        Function<Instance, Machine> machines =
            MachineFactoryCompiler.builder(module)
                .withInterpreterFallback(InterpreterFallback.FAIL)
                .withInterpretedFunctions(interpreted)
                .compile();
        List<String> interpretedNames =
            interpreted.stream().sorted().map(i -> names.getOrDefault(i, "function " + i)).toList();
        return new CircuitCode(module, machines, interpretedNames);
      } catch (ChicoryException e) {
        if (!(e.getCause() instanceof MethodTooLargeException tooLarge)
            || !tooLarge.getMethodName().startsWith("func_")) {
          throw e;
        }
        int function = Integer.parseInt(tooLarge.getMethodName().substring("func_".length()));
        int size = bodies[function - imports].instructions().size();
        limit = Math.min(size - 1, limit - limit / 4);
      }
    }
  }

  /** The functions that are interpreted, by name, or by number where they have none. */
  List<String> interpretedFunctions() {
    return interpreted;
  }

  /** Whether the code imports a function of this name. */
  boolean imports(String name) {
    return module.importSection().stream().anyMatch(i -> i.name().equals(name));
  }

  /** Whether the code exports something of this name. */
  boolean exports(String name) {
    return IntStream.range(0, module.exportSection().exportCount())
        .anyMatch(i -> module.exportSection().getExport(i).name().equals(name));
  }

  /** Pages of memory that an instance begins with. */
  int initialPages() {
    return memory().initialPages();
  }

  private MemoryLimits memory() {
    return module.memorySection().orElseThrow().getMemory(0).limits();
  }

  /** A new instance; its memory never has more than the given pages, at least the initial ones. */
  Instance instantiate(ImportValues imports, int maxPages) {
    MemoryLimits limits =
        new MemoryLimits(initialPages(), Math.min(memory().maximumPages(), maxPages));
    Instance.Builder builder =
        Instance.builder(module)
            .withMachineFactory(machines)
            .withMemoryFactory(ByteArrayMemory::new)
            .withMemoryLimits(limits)
            .withImportValues(imports);
    if (!interpreted.isEmpty()) {
      // Compiled code looks for interruption at every backward jump; the interpreter does not at
      // conditional ones.
      builder.withUnsafeExecutionListener(
          (instruction, stack) -> {
            OpCode code = instruction.opcode();
            if ((code == OpCode.BR_IF || code == OpCode.BR_TABLE)
                && Thread.currentThread().isInterrupted()) {
              throw new ChicoryInterruptedException("interrupted");
            }
          });
    }
    return builder.build();
  }

  private static MalformedDataException malformed(
      String source, String problem, @Nullable Throwable cause) {
    return new MalformedDataException(source, null, -1, problem, cause);
  }
}
