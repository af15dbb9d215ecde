import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Fails the build if a test class of a module ran no test. Surefire itself stays green when it does not find a class or the
 * tests in it. Reads the sources, and the reports that Surefire has written in this build. With CI set, a class that skipped
 * all of its tests has run none.
 *
 * <p>The arguments: the folder of the module, and when the build began. Run by the root POM in the phase verify.
 */
public final class TestClassesRan {

    private static final boolean IN_CI = System.getenv("CI") != null;
    private static final Pattern TEST = Pattern.compile("^ +@(Test|ParameterizedTest|RepeatedTest|TestFactory|TestTemplate"
            + "|Property|Example|FuzzTest|ArchTest)\\b", Pattern.MULTILINE);
    private static final Pattern ABSTRACT = Pattern.compile("^(public )?abstract ", Pattern.MULTILINE);

    private TestClassesRan() {
    }

    public static void main(String[] arguments) throws Exception {
        Path module = Path.of(arguments[0]);
        Set<String> ran = classesThatRan(module.resolve("target/surefire-reports"), Instant.parse(arguments[1]));
        List<String> idle = testClasses(module.resolve("src/test/java")).stream()
                .filter(name -> !ran.contains(name)).toList();
        if (!idle.isEmpty()) {
            System.err.println("[ERROR] " + idle.size() + " test classes ran no test. Does Surefire find them (their names end "
                    + "with Test), and does a test engine see their tests?\n[ERROR]   " + String.join("\n[ERROR]   ", idle));
            System.exit(1);
        }
    }

    private static List<String> testClasses(Path sources) throws IOException {
        if (!Files.isDirectory(sources)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(sources)) {
            return files.filter(file -> file.toString().endsWith(".java")).filter(TestClassesRan::isTestClass)
                    .map(file -> sources.relativize(file).toString().replaceAll("\\.java$", "").replace('/', '.')
                            .replace('\\', '.'))
                    .sorted().toList();
        }
    }

    /** By its name or by what is in it: a class that has tests and another name is one that Surefire does not find. */
    private static boolean isTestClass(Path file) {
        try {
            String source = Files.readString(file);
            return !ABSTRACT.matcher(source).find()
                    && (file.toString().endsWith("Test.java") || TEST.matcher(source).find());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> classesThatRan(Path reports, Instant began) throws Exception {
        Set<String> ran = new HashSet<>();
        if (!Files.isDirectory(reports)) {
            return ran;
        }
        try (Stream<Path> files = Files.list(reports)) {
            for (Path file : files.filter(file -> file.getFileName().toString().matches("TEST-.*\\.xml")).toList()) {
                if (Files.getLastModifiedTime(file).toInstant().isBefore(began)) {
                    continue;
                }
                Element suite = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile())
                        .getDocumentElement();
                // The attribute "tests" says 0 of a class with nested ones, whose tests are in its report.
                NodeList tests = suite.getElementsByTagName("testcase");
                for (int i = 0; i < tests.getLength(); i++) {
                    boolean skipped = ((Element) tests.item(i)).getElementsByTagName("skipped").getLength() > 0;
                    if (!skipped || !IN_CI) {
                        ran.add(suite.getAttribute("name"));
                    }
                }
            }
        }
        return ran;
    }
}
