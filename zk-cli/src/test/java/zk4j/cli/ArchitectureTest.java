package zk4j.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.lang.module.ModuleFinder;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** The four rules of the architecture, over the classes of every module: zk-cli sees them all. */
@AnalyzeClasses(packages = "zk4j", importOptions = DoNotIncludeTests.class)
final class ArchitectureTest {
  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("zk4j.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule internalStaysInsideItsModule =
      classes()
          .that()
          .resideInAPackage("..internal..")
          .should(
              new ArchCondition<>("be used only in their own module") {
                @Override
                public void check(JavaClass internal, ConditionEvents events) {
                  for (Dependency use : internal.getDirectDependenciesToSelf()) {
                    JavaClass user = use.getOriginClass();
                    // A provider of kernels implements zk-core's provider interface.
                    boolean provider =
                        user.getPackageName().startsWith("zk4j.vector")
                            && internal.getPackageName().startsWith("zk4j.core.internal");
                    // Hashing computes on slots as kernels do.
                    boolean hashing =
                        module(user).equals("zk4j.poseidon")
                            && internal.getPackageName().equals("zk4j.core.internal.field");
                    // Witnesses are computed on slots too, and hashes in circuits have the
                    // constants of those outside.
                    boolean circuits =
                        module(user).equals("zk4j.r1cs")
                            && List.of("zk4j.core.internal.field", "zk4j.poseidon.internal")
                                .contains(internal.getPackageName());
                    if (!provider
                        && !hashing
                        && !circuits
                        && !module(user).equals(module(internal))) {
                      events.add(SimpleConditionEvent.violated(internal, use.getDescription()));
                    }
                  }
                }
              });

  @ArchTest
  static final ArchRule onlyTheVectorProviderImportsTheVectorApi =
      noClasses()
          .that()
          .resideOutsideOfPackage("zk4j.vector..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("jdk.incubator.vector..");

  @ArchTest
  static final ArchRule kernelsImportNoValues =
      noClasses()
          .that()
          .resideInAPackage("zk4j.core.internal..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("zk4j.bn254..");

  /** Without every module in sight, the rules above would hold of too little. */
  @ArchTest
  static void everyModuleIsInSight(JavaClasses classes) {
    assertEquals(
        Set.of(
            "zk4j.core",
            "zk4j.io",
            "zk4j.vector",
            "zk4j.poseidon",
            "zk4j.r1cs",
            "zk4j.testing",
            "zk4j.groth16",
            "zk4j.plonk",
            "zk4j.evm",
            "zk4j.stream",
            "zk4j.stream.server",
            "zk4j.stream.broker",
            "zk4j.stream.mqtt",
            "zk4j.stream.fhir",
            "zk4j.circomcompat",
            "zk4j.cli"),
        classes.stream().map(ArchitectureTest::module).collect(Collectors.toSet()));
  }

  private static final ConcurrentHashMap<Path, String> MODULES = new ConcurrentHashMap<>();

  /** The name of the module whose jar or folder of classes the class was read from. */
  private static String module(JavaClass c) {
    // jar:file:/…/x.jar!/zk4j/A.class, or file:/…/classes/zk4j/A.class
    String uri = c.getSource().orElseThrow().getUri().toString();
    String entry = c.getFullName().replaceFirst("\\$.*", "").replace('.', '/');
    String root = uri.substring(0, uri.lastIndexOf(entry));
    Path path = Path.of(URI.create(root.replaceFirst("^jar:", "").replaceFirst("!/$", "")));
    return MODULES.computeIfAbsent(
        path, p -> ModuleFinder.of(p).findAll().iterator().next().descriptor().name());
  }
}
