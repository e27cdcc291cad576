package dev.tidemark.core.redact;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/**
 * Secrets that never were anybody's, made by chance in the form their issuers document, each inside
 * a text an agent could have said. Same seed, same corpus.
 */
public final class SecretCorpus {
  private static final String LOWER = "abcdefghijklmnopqrstuvwxyz";
  private static final String UPPER = LOWER.toUpperCase(java.util.Locale.ROOT);
  private static final String DIGITS = "0123456789";
  private static final String BASE62 = LOWER + UPPER + DIGITS;
  private static final List<String> AROUND =
      List.of(
          "%s",
          "please use %s for this",
          "{\"input\": \"%s\"}",
          "{\\\"note\\\":\\\"line\\n%s\\\"}",
          "curl -H 'X: %s' https://api.example.com/v1",
          "IllegalStateException: refused for %s, try again",
          "(%s)",
          "first line\nsecond %s\nthird");

  /** A planted secret: its kind, itself, and the text around it. */
  public record Planted(String kind, String secret, String text) {}

  private final Random random;

  private SecretCorpus(long seed) {
    this.random = new Random(seed);
  }

  /** So many secrets of every kind. */
  public static List<Planted> of(long seed, int ofEach) {
    return new SecretCorpus(seed).all(ofEach);
  }

  private List<Planted> all(int ofEach) {
    var all = new ArrayList<Planted>();
    for (int i = 0; i < ofEach; i++) {
      plain(all, "email", this::email);
      plain(all, "card", this::card);
      plain(all, "iban", this::iban);
      plain(all, "phone", this::phone);
      plain(all, "aws_key", () -> "AKIA" + chars(UPPER + DIGITS, 16));
      plain(all, "openai", () -> "sk-proj-" + key(48));
      plain(all, "anthropic", () -> "sk-ant-api03-" + key(93));
      plain(all, "github", () -> pick("ghp_", "gho_", "ghs_") + key(36));
      plain(all, "github_pat", () -> "github_pat_" + key(22) + "_" + key(59));
      plain(all, "gitlab", () -> "glpat-" + key(20));
      plain(all, "slack", () -> pick("xoxb-", "xoxp-") + chars(DIGITS, 12) + "-" + key(24));
      plain(all, "stripe", () -> pick("sk_live_", "rk_live_") + key(24));
      plain(all, "stripe_webhook", () -> "whsec_" + key(32));
      plain(all, "google", () -> "AIza" + key(35));
      plain(all, "google_oauth", () -> "ya29." + key(60));
      plain(all, "npm", () -> "npm_" + key(36));
      plain(all, "pypi", () -> "pypi-AgEIcHlwaS5vcmc" + key(80));
      plain(all, "sendgrid", () -> "SG." + key(22) + "." + key(43));
      plain(all, "huggingface", () -> "hf_" + key(34));
      plain(all, "telegram", () -> chars(DIGITS, 9) + ":AA" + chars(BASE62, 33));
      plain(all, "azure_secret", () -> chars(LOWER, 3) + "8Q~" + chars(BASE62, 34));
      plain(all, "vault", () -> "hvs." + key(90));
      plain(all, "jwt", this::jwt);
      plain(all, "bearer", () -> "Bearer " + key(32));
      plain(all, "private_key", this::pem);
      plain(all, "slack_webhook", this::webhook);
      behind(all, "url_password", "postgres://app:%s@db.example.com:5432/app", 12);
      behind(all, "url_password", "amqps://svc:%s@mq.internal/vhost", 20);
      behind(all, "password", "password=%s", 12);
      behind(all, "password", "{\"user\":\"ann\",\"password\":\"%s\"}", 10);
      behind(all, "password", "{\\\"dbPassword\\\": \\\"%s\\\"}", 14);
      behind(all, "password", "DB_PASSWORD: '%s'", 9);
      behind(all, "password", "my password is %s", 10);
      behind(all, "secret", "api_key: %s", 32);
      behind(all, "secret", "export AWS_SECRET_ACCESS_KEY=%s", 40);
      behind(all, "secret", "DefaultEndpointsProtocol=https;AccountName=a;AccountKey=%s==;", 86);
      behind(all, "secret", "https://x.blob.core.windows.net/c?sv=2024-11-04&sig=%s%%3D", 43);
      behind(all, "secret", "{\"type\":\"service_account\",\"private_key_id\":\"%s\"}", 40);
      behind(all, "secret", "x-auth-token: %s", 40);
      behind(all, "secret", "https://api.example.com/v1/things?access_token=%s&page=2", 30);
      behind(all, "secret", "client_secret%%3D%s", 24);
    }
    return all;
  }

  private void plain(List<Planted> all, String kind, Supplier<String> made) {
    String secret = made.get();
    String around = AROUND.get(random.nextInt(AROUND.size()));
    all.add(new Planted(kind, secret, around.replace("%s", secret)));
  }

  private void behind(List<Planted> all, String kind, String text, int length) {
    String secret = key(length);
    all.add(new Planted(kind, secret, String.format(text, secret)));
  }

  private String email() {
    String local = pick("ann", "john.smith", "o'neil+x", "info_2", "müller") + random.nextInt(99);
    return local + "@" + pick("example.com", "mail.example.co.uk", "firma.de", "x-y.io");
  }

  private String card() {
    String start = pick("4", "51", "55", "2221", "37", "6011", "3530");
    int length = start.equals("37") ? 15 : 16;
    String body = start + chars(DIGITS, length - 1 - start.length());
    for (char check = '0'; check <= '9'; check++) {
      if (luhn(body + check)) {
        String card = body + check;
        return length == 16 && random.nextBoolean()
            ? card.replaceAll("(.{4})(?=.)", pick("$1 ", "$1-"))
            : card;
      }
    }
    throw new IllegalStateException(body);
  }

  private static boolean luhn(String digits) {
    int sum = 0;
    for (int i = 0; i < digits.length(); i++) {
      int d = (digits.charAt(digits.length() - 1 - i) - '0') * (1 + i % 2);
      sum += d / 10 + d % 10;
    }
    return sum % 10 == 0;
  }

  private String iban() {
    String bban = chars(DIGITS, 18);
    var number = new java.math.BigInteger(bban + "1314" + "00");
    int check = 98 - number.mod(java.math.BigInteger.valueOf(97)).intValue();
    String iban = "DE" + String.format("%02d", check) + bban;
    return random.nextBoolean() ? iban : iban.replaceAll("(.{4})(?=.)", "$1 ");
  }

  private String phone() {
    return switch (random.nextInt(9)) {
      case 0 -> "+1 (415) 555-" + chars(DIGITS, 4);
      case 1 -> "415-555-" + chars(DIGITS, 4);
      case 2 -> "(212) 555-" + chars(DIGITS, 4);
      case 3 -> "+49 171 " + chars(DIGITS, 7);
      case 4 -> "020 7946 " + chars(DIGITS, 4);
      case 5 -> "+44" + "7700" + chars(DIGITS, 6);
      case 6 -> "06 12 34 56 " + chars(DIGITS, 2);
      case 7 -> "0171 " + chars(DIGITS, 7);
      default -> "phone: 0" + chars("23456789", 9);
    };
  }

  private String jwt() {
    return "eyJhbGciOiJIUzI1NiJ9.eyJ" + chars(BASE62, 40) + "." + chars(BASE62 + "-_", 43);
  }

  private String pem() {
    String name = pick("RSA PRIVATE KEY", "PRIVATE KEY", "OPENSSH PRIVATE KEY");
    String end = pick("\n", "\\n");
    String line = chars(BASE62 + "+/", 64) + end + chars(BASE62 + "+/", 64);
    return "-----BEGIN " + name + "-----" + end + line + end + "-----END " + name + "-----";
  }

  private String webhook() {
    return "https://hooks.slack.com/services/T"
        + chars(UPPER + DIGITS, 8)
        + "/B"
        + chars(UPPER + DIGITS, 8)
        + "/"
        + chars(BASE62, 24);
  }

  /** Letters and digits with at least one of either. */
  private String key(int length) {
    return chars(BASE62, length - 3) + chars(UPPER, 1) + chars(DIGITS, 1) + chars(LOWER, 1);
  }

  private String chars(String alphabet, int length) {
    var out = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      out.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return out.toString();
  }

  private String pick(String... choices) {
    return choices[random.nextInt(choices.length)];
  }
}
