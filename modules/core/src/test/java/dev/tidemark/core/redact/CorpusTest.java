package dev.tidemark.core.redact;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Recall on secrets made by chance, precision on ordinary texts written by hand. What is measured
 * here stands in RATIONALE.md; {@code main} prints it.
 */
class CorpusTest {
  private static final long SEED = 20_261_123;
  private static final int OF_EACH = 25;
  private final Redactor redactor = Redactor.standard();

  @Test
  void shouldFindPlantedSecrets() {
    List<SecretCorpus.Planted> planted = SecretCorpus.of(SEED, OF_EACH);
    List<String> missed = missed(planted);
    assertThat(missed).hasSizeLessThanOrEqualTo(planted.size() / 200);
  }

  @Test
  void shouldFindThemInContent() {
    for (SecretCorpus.Planted planted : SecretCorpus.of(SEED + 1, 5)) {
      String clean = redactor.content(planted.text(), 16_384).text();
      assertThat(clean).doesNotContain(planted.secret());
    }
  }

  @Test
  void shouldLeaveOrdinaryTextsAlone() throws IOException {
    List<String> benign = benign();
    List<String> wrong = wrong(benign);
    assertThat(benign).hasSizeGreaterThan(300);
    assertThat(wrong).isEmpty();
  }

  /** Cleaning what is clean changes nothing. */
  @Test
  void shouldBeAsGoodOnceAsTwice() {
    for (SecretCorpus.Planted planted : SecretCorpus.of(SEED, 4)) {
      String once = redactor.text(planted.text()).text();
      assertThat(redactor.text(once).text()).as(once).isEqualTo(once);
    }
  }

  private List<String> missed(List<SecretCorpus.Planted> all) {
    var missed = new ArrayList<String>();
    for (SecretCorpus.Planted planted : all) {
      String secret = planted.secret();
      String tail = secret.substring(Math.max(0, secret.length() - 10));
      String clean = redactor.text(planted.text()).text();
      boolean tailIsItsOwn = !planted.text().replace(secret, "").contains(tail);
      if (clean.contains(secret) || (tailIsItsOwn && clean.contains(tail))) {
        missed.add(planted.kind() + ": " + planted.text() + " -> " + clean);
      }
    }
    return missed;
  }

  private List<String> wrong(List<String> benign) {
    var wrong = new ArrayList<String>();
    for (String text : benign) {
      Redaction redaction = redactor.text(text);
      if (redaction.count() > 0) {
        wrong.add(text + " -> " + redaction.text());
      }
    }
    return wrong;
  }

  private static List<String> benign() throws IOException {
    try (var in = CorpusTest.class.getResourceAsStream("/redact/benign.txt")) {
      String all = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return all.lines().filter(line -> !line.isBlank() && !line.startsWith("# ")).toList();
    }
  }

  /** Prints recall by kind, what was missed, and what was found wrongly. */
  public static void main(String[] args) throws IOException {
    var test = new CorpusTest();
    List<SecretCorpus.Planted> planted = SecretCorpus.of(SEED, 100);
    Map<String, long[]> kinds = new TreeMap<>();
    for (SecretCorpus.Planted one : planted) {
      long[] counts = kinds.computeIfAbsent(one.kind(), kind -> new long[2]);
      counts[0]++;
      counts[1] += test.missed(List.of(one)).isEmpty() ? 1 : 0;
    }
    kinds.forEach((kind, n) -> System.out.println(kind + " " + n[1] + "/" + n[0]));
    List<String> missed = test.missed(planted);
    missed.stream().limit(40).forEach(System.out::println);
    List<String> benign = benign();
    List<String> wrong = test.wrong(benign);
    wrong.forEach(System.out::println);
    int found = planted.size() - missed.size();
    System.out.printf(
        "planted %d, recall %.4f; benign %d, wrong %d, precision %.4f%n",
        planted.size(),
        found / (double) planted.size(),
        benign.size(),
        wrong.size(),
        found / (double) (found + wrong.size()));
  }
}
