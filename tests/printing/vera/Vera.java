import java.io.BufferedReader;
import java.io.File;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.logging.LogManager;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/** Reads paths of PDF files, one a line, and answers each with a line: path, tab, the rules it fails by tabs. */
public class Vera {
    private static final List<PDFAFlavour> PROFILES = List.of(PDFAFlavour.PDFA_2_A, PDFAFlavour.PDFUA_1);

    public static void main(String[] words) throws Exception {
        PrintStream answers = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        LogManager.getLogManager().reset();
        VeraGreenfieldFoundryProvider.initialise();
        ExecutorService threads = Executors.newFixedThreadPool(Integer.parseInt(words[0]));
        BufferedReader asked = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String path = asked.readLine(); path != null; path = asked.readLine()) {
            String file = path;
            threads.execute(() -> answers.println(file + "\t" + failures(new File(file))));
        }
        threads.shutdown();
    }

    private static String failures(File file) {
        TreeMap<String, String> found = new TreeMap<>();
        try (PDFAParser parser = Foundries.defaultInstance().createParser(file, PROFILES.get(0));
                PDFAValidator validator = Foundries.defaultInstance().createValidator(PROFILES)) {
            for (ValidationResult result : validator.validateAll(parser)) {
                for (TestAssertion failed : result.getTestAssertions()) {
                    String rule = result.getPDFAFlavour() + " " + failed.getRuleId().getClause() + "-"
                            + failed.getRuleId().getTestNumber();
                    found.putIfAbsent(rule, failed.getMessage() + " | " + failed.getLocation().getContext());
                }
            }
        } catch (Exception | StackOverflowError trouble) {
            found.put("not read", trouble.toString());
        }
        StringBuilder line = new StringBuilder();
        found.forEach((rule, words) -> line.append(rule + ": " + words.replaceAll("\\s+", " ") + "\t"));
        return line.toString();
    }
}
