package dev.tidemark.core.redact;

import static dev.tidemark.core.redact.SecretRule.isAlphanumeric;
import static dev.tidemark.core.redact.SecretRule.isDigit;
import static dev.tidemark.core.redact.SecretRule.isUpper;
import static dev.tidemark.core.redact.SecretRule.wordEnds;

import java.util.Set;

/** Personal data that can be checked: e-mail addresses, card numbers, bank accounts. */
final class PersonRules {
  /** Country and length of its IBANs (ISO 13616 registry). */
  private static final String IBAN_LENGTHS =
      "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DK18 DO28"
          + " EE20 EG29 ES24 FI18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23"
          + " IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MR27"
          + " MT31 MU30 NL18 NO15 PK24 PL28 PS29 PT25 QA29 RO24 RS22 SA24 SC31 SD18 SE24 SI19 SK24"
          + " SM27 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 ";

  /** What ends the name of a file and no host. */
  private static final Set<String> FILES =
      Set.of(
          "png", "jpg", "jpeg", "gif", "svg", "webp", "js", "ts", "json", "css", "html", "txt",
          "yaml", "yml", "xml", "jar", "gz", "log");

  private PersonRules() {}

  /** An address local@domain.tld; not the login of a git address, not the name of a file. */
  static int email(String text, int start) {
    if (!isLocal(text.charAt(start)) || (start > 0 && isLocal(text.charAt(start - 1)))) {
      return -1;
    }
    int at = start;
    while (at < text.length() && isLocal(text.charAt(at))) {
      at++;
    }
    if (at >= text.length() || text.charAt(at) != '@') {
      return -1;
    }
    int end = at + 1;
    while (end < text.length() && isDomain(text.charAt(end))) {
      end++;
    }
    while (text.charAt(end - 1) == '.' || text.charAt(end - 1) == '-') {
      end--;
    }
    boolean git = at - start == 3 && text.startsWith("git@", start);
    return isDomainName(text, at + 1, end) && !git ? end : -1;
  }

  private static boolean isPartOfName(String text, int start) {
    return start > 0 && text.charAt(start - 1) == '_';
  }

  /**
   * A card number: 13 to 19 digits of a known network, groups allowed, right by Luhn (ISO 7812).
   */
  static int card(String text, int start) {
    boolean inGroup =
        start > 1 && isSeparator(text.charAt(start - 1)) && isDigit(text.charAt(start - 2));
    if (!isDigit(text.charAt(start)) || inGroup || isPartOfName(text, start)) {
      return -1;
    }
    var digits = new StringBuilder(19);
    int found = -1;
    int end = start;
    int i = start;
    while (i < text.length() && digits.length() < 20) {
      char c = text.charAt(i);
      if (isDigit(c)) {
        digits.append(c);
        end = i + 1;
        found = wordEnds(text, end) && isCard(digits) ? end : found;
      } else if (!isSeparator(c) || end != i) {
        break;
      }
      i++;
    }
    return found;
  }

  private static boolean isCard(CharSequence digits) {
    return isCardNetwork(digits) && luhn(digits);
  }

  /** An IBAN of a country in the registry, spaces allowed, right by mod 97 (ISO 13616). */
  static int iban(String text, int start) {
    if (start + 4 > text.length() || isPartOfName(text, start)) {
      return -1;
    }
    int length = ibanLength(upper(text.charAt(start)), upper(text.charAt(start + 1)));
    if (length < 0) {
      return -1;
    }
    var account = new StringBuilder(length);
    int i = start;
    for (; i < text.length() && account.length() < length; i++) {
      char c = upper(text.charAt(i));
      if (isDigit(c) || isUpper(c)) {
        account.append(c);
      } else if (c != ' ' || text.charAt(i - 1) == ' ') {
        return -1;
      }
    }
    return account.length() == length && wordEnds(text, i) && mod97(account) == 1 ? i : -1;
  }

  private static boolean isLocal(char c) {
    return isAlphanumeric(c) || "._%+-'".indexOf(c) >= 0 || c >= 0x80;
  }

  private static boolean isDomain(char c) {
    return isAlphanumeric(c) || c == '.' || c == '-' || c >= 0x80;
  }

  /** At least two labels, the last of letters, and not a version such as name@v1.2.beta. */
  private static boolean isDomainName(String text, int from, int end) {
    int dot = text.lastIndexOf('.', end - 1);
    if (dot <= from || end - dot < 3) {
      return false;
    }
    for (int i = dot + 1; i < end; i++) {
      if (isDigit(text.charAt(i))) {
        return false;
      }
    }
    if (FILES.contains(text.substring(dot + 1, end))) {
      return false;
    }
    int number = text.charAt(from) == 'v' ? from + 1 : from;
    while (isDigit(text.charAt(number))) {
      number++;
    }
    return text.charAt(number) != '.';
  }

  private static boolean isSeparator(char c) {
    return c == ' ' || c == '-';
  }

  private static boolean isCardNetwork(CharSequence digits) {
    if (digits.length() < 13 || digits.length() > 19) {
      return false;
    }
    int first = digits.charAt(0) - '0';
    int firstTwo = first * 10 + digits.charAt(1) - '0';
    boolean amexOrDiners = digits.length() < 16 && first == 3;
    boolean jcb = digits.length() >= 16 && firstTwo == 35;
    boolean mastercardTwo = firstTwo >= 22 && firstTwo <= 27;
    return amexOrDiners || jcb || mastercardTwo || (first >= 4 && first <= 6);
  }

  private static boolean luhn(CharSequence digits) {
    int sum = 0;
    boolean twice = false;
    for (int i = digits.length() - 1; i >= 0; i--) {
      int digit = digits.charAt(i) - '0';
      int value = twice ? digit * 2 : digit;
      sum += value > 9 ? value - 9 : value;
      twice = !twice;
    }
    return sum % 10 == 0;
  }

  private static int ibanLength(char first, char second) {
    if (!isUpper(first) || !isUpper(second)) {
      return -1;
    }
    for (int i = 0; i < IBAN_LENGTHS.length(); i += 5) {
      if (IBAN_LENGTHS.charAt(i) == first && IBAN_LENGTHS.charAt(i + 1) == second) {
        return Integer.parseInt(IBAN_LENGTHS, i + 2, i + 4, 10);
      }
    }
    return -1;
  }

  private static int mod97(CharSequence account) {
    int rest = 0;
    for (int i = 0; i < account.length(); i++) {
      char c = account.charAt((i + 4) % account.length());
      rest = isDigit(c) ? (rest * 10 + c - '0') % 97 : (rest * 100 + c - 'A' + 10) % 97;
    }
    return rest;
  }

  private static char upper(char c) {
    return c >= 'a' && c <= 'z' ? (char) (c - 'a' + 'A') : c;
  }
}
