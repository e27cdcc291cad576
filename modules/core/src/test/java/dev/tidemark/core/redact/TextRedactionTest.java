package dev.tidemark.core.redact;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What must not leave a process, and what must not be mistaken for it. */
class TextRedactionTest {
  private final Redactor redactor = Redactor.standard();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "Authorization: Bearer abc.DEF-123~x/=|Authorization: [redacted:bearer]",
        "authorization: basic dXNlcjpwYXNz0w==|authorization: [redacted:bearer]",
        "key sk-proj-A1b2C3d4E5f6G7h8I9j0 used|key [redacted:api_key] used",
        "ghp_0123456789abcdefghijABCDEFGHIJ012345|[redacted:api_key]",
        "AKIAIOSFODNN7EXAMPLE|[redacted:aws_key]",
        "id=ASIAIOSFODNN7EXAMPLE;|id=[redacted:aws_key];",
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln|[redacted:jwt]",
        "x -----BEGIN RSA PRIVATE KEY----- MIIE|x -----[redacted:private_key]",
        "card 4111 1111 1111 1111.|card [redacted:card].",
        "5500-0000-0000-0004|[redacted:card]",
        "amex 378282246310005|amex [redacted:card]",
        "to GB82 WEST 1234 5698 7654 32 today|to [redacted:iban] today",
        "de89370400440532013000|[redacted:iban]",
        "mail john.o'neil+x@mail.example.co.uk!|mail [redacted:email]!",
        "<ann@example.com>|<[redacted:email]>",
        "a@example.org b@example.org|[redacted:email] [redacted:email]",
      })
  void shouldReplaceSecrets(String text, String clean) {
    assertThat(redactor.text(text).text()).isEqualTo(clean);
    assertThat(redactor.text(text).count()).isPositive();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "get_most_recent_transactions",
        "gpt-4o-2024-05-13-transformers_pi_detector",
        "claude-opus-4-6@button",
        "search@v1.2.beta",
        "tool@1.20.300",
        "fp_eaab8d114b_prod0820_fp8_kvcache_new_kvcache",
        "550e8400-e29b-41d4-a716-446655440000",
        "1700000000000",
        "4111 1111 1111 1112",
        "GB82 WEST 1234 5698 7654 33",
        "a basic understanding of things",
        "bearer of bad news",
        "task-sk-learn",
        "sk-learn-random-forest",
        "AKIA",
        "me@localhost",
        "@",
        "海外送金",
        "emoji 👩‍💻 stays",
      })
  void shouldLeaveOrdinaryNamesAlone(String text) {
    assertThat(redactor.text(text)).isEqualTo(Redaction.unchanged(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "` search `|search",
        "`a\nb`|a\\u000ab",
        "`a\u0000b`|a\\u0000b",
        "`a\u202Eb`|a\\u202eb",
        "`\u200Ba`|\\u200ba",
        "`\uD83Da`|\\ud83da",
        "`<script>`|<script>",
      })
  void shouldEscapeWhatNobodySees(String text, String clean) {
    assertThat(redactor.text(text)).isEqualTo(Redaction.unchanged(clean));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"AKIAIOSF\u200BODNN7EXAMPLE", "4111\u0000111111111111", "ann@exa\u202Emple.com"})
  void shouldFindSecretsSplitByInvisibleCharacters(String text) {
    assertThat(redactor.text(text).count()).isEqualTo(1);
    assertThat(redactor.text(text).text()).startsWith("[redacted:");
  }

  @Test
  void shouldCapAtAWholeCharacter() {
    String clean = redactor.text("x" + "€".repeat(200)).text();
    assertThat(clean).isEqualTo("x" + "€".repeat(84) + "…");
    assertThat(clean.getBytes(StandardCharsets.UTF_8)).hasSize(256);
    assertThat(redactor.text("x" + "👩".repeat(100)).text()).isEqualTo("x" + "👩".repeat(63) + "…");
    assertThat(redactor.text("x" + "👩".repeat(100)).truncated()).isTrue();
  }

  @Test
  void shouldNotLeaveHalfASecretAtTheCap() {
    String clean = redactor.text("x".repeat(245) + " AKIAIOSFODNN7EXAMPLE").text();
    assertThat(clean).doesNotContain("AKIA").hasSizeLessThanOrEqualTo(256);
  }

  @Test
  void shouldDropTheTextWhenARuleBreaks() {
    var broken =
        Redactor.of(
            new RedactionRules(
                List.of(
                    new SecretRule(
                        "broken",
                        SecretRule.ANY,
                        SecretRule.ANY,
                        (text, start) -> {
                          throw new IllegalStateException();
                        })),
                List.of()));
    Redaction dropped = broken.text("canary");
    assertThat(dropped.text()).isEqualTo("[redacted:rule_error]");
    assertThat(dropped.report().failed()).isEqualTo(1);
  }

  /** F44: texts made to make a matcher backtrack; each rule sees its own worst case. */
  @ParameterizedTest
  @ValueSource(strings = {"a.", "sk-", "eyJ", "4 ", "GB82", "bearer ", "@", "a@a.", "BEGIN "})
  void shouldStayFastOnHostileTexts(String piece) {
    String hostile = piece.repeat(1_000_000);
    long start = System.nanoTime();
    redactor.text(hostile);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
  }

  @Test
  void shouldFindSecretsWhereverTheyStand() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    String[] secrets = {
      "AKIAIOSFODNN7EXAMPLE",
      "4111111111111111",
      "ann@example.com",
      "DE89370400440532013000",
      "sk-A1b2C3d4E5f6G7h8I9j0"
    };
    for (int i = 0; i < 5_000; i++) {
      String secret = secrets[random.nextInt(secrets.length)];
      String text = noise(random) + secret + noise(random);
      assertThat(redactor.text(text).text()).as("seed %d: %s", seed, text).doesNotContain(secret);
    }
  }

  private static String noise(Random random) {
    String letters = "ab Z\t:;,<>()[]{}\"|/\\=!?#€\n";
    int length = random.nextInt(40);
    var noise = new StringBuilder(" ");
    for (int i = 0; i < length; i++) {
      noise.append(letters.charAt(random.nextInt(letters.length())));
    }
    return noise.append(' ').toString();
  }
}
