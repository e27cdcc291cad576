package dev.tidemark.core.redact;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What lets most texts pass quickly lets nothing pass that the rules would find. */
class ScreenTest {
  private static final long SEED = 20_261_124;
  private static final String SIGNS = " =:%@/~._-+('\"\\AKIAeyJsk-ghp_0149bearer password is token";
  private final TextCleaner cleaner = new TextCleaner(RedactionRules.standard());

  @Test
  void shouldPassOnlyWhatRulesLeaveAsItIs() throws IOException {
    int passed = 0;
    for (String text : texts()) {
      if (cleaner.passes(text)) {
        Redaction whole = cleaner.finish(text);
        assertThat(whole.text()).isEqualTo(text);
        assertThat(whole.count()).isZero();
        assertThat(whole.truncated()).isFalse();
        passed++;
      }
    }
    assertThat(passed).isGreaterThan(1_000);
  }

  @Test
  void shouldPassEveryPlainTextThatIsClean() throws IOException {
    for (String text : texts()) {
      Redaction whole = cleaner.finish(text);
      boolean plain = text.chars().allMatch(c -> c >= ' ' && c < 0x7f);
      boolean clean = whole.count() == 0 && whole.text().equals(text);
      assertThat(cleaner.passes(text)).as(text).isEqualTo(plain && clean && !text.isEmpty());
    }
  }

  /** The characters a rule says it needs are those without which it finds nothing, anywhere. */
  @Test
  void shouldAskNoRuleInVain() throws IOException {
    for (SecretRule rule : StandardRules.ALL) {
      for (String text : texts()) {
        String without = without(text, rule.needs());
        for (int i = 0; i < without.length(); i++) {
          assertThat(starts(rule, without, i) ? rule.finder().end(without, i) : -1)
              .as("%s in %s", rule.kind(), without)
              .isEqualTo(-1);
        }
      }
    }
  }

  private static boolean starts(SecretRule rule, String text, int i) {
    return rule.starts().indexOf(text.charAt(i)) >= 0;
  }

  private static String without(String text, String characters) {
    var left = new StringBuilder(text.length());
    text.chars().filter(c -> characters.indexOf(c) < 0).forEach(c -> left.append((char) c));
    return left.toString();
  }

  /** Planted secrets, whole and in pieces, ordinary texts, and texts by chance. */
  private static List<String> texts() throws IOException {
    var texts = new ArrayList<String>();
    var random = new Random(SEED);
    for (SecretCorpus.Planted planted : SecretCorpus.of(SEED, 8)) {
      String text = planted.text();
      texts.add(text);
      texts.add(planted.secret());
      texts.add(text.substring(random.nextInt(text.length())));
      texts.add(text.substring(0, random.nextInt(text.length())));
    }
    try (var in = ScreenTest.class.getResourceAsStream("/redact/benign.txt")) {
      new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().forEach(texts::add);
    }
    for (int i = 0; i < 6_000; i++) {
      var text = new StringBuilder();
      for (int length = random.nextInt(60); length >= 0; length--) {
        boolean sign = random.nextInt(3) == 0;
        text.append(
            sign ? SIGNS.charAt(random.nextInt(SIGNS.length())) : (char) (32 + random.nextInt(97)));
      }
      texts.add(text.toString());
    }
    return texts;
  }
}
