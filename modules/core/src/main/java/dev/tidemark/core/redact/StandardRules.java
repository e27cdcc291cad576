package dev.tidemark.core.redact;

import static dev.tidemark.core.redact.SecretRule.ANY;
import static dev.tidemark.core.redact.SecretRule.DIGITS;
import static dev.tidemark.core.redact.SecretRule.LETTERS;

import dev.tidemark.core.redact.SecretRule.Finder;
import java.util.List;

/** The rules every producer of ours uses; where two would match, the first one does. */
final class StandardRules {
  static final List<SecretRule> ALL =
      List.of(
          rule("bearer", "bBdDtTaA", " ", TokenRules::bearer),
          rule("private_key", "B", " ", TokenRules::privateKey),
          rule("webhook", "hdHD", "/", UrlRules::webhook),
          rule("url_password", ANY, "@", UrlRules::password),
          rule("aws_key", "A", "A", TokenRules::awsKey),
          rule("jwt", "e", "y", TokenRules::jwt),
          rule("api_key", TokenShapes.STARTS, DIGITS, TokenShapes::end),
          rule("bot_token", DIGITS, ":", TokenRules::botToken),
          rule("azure_secret", LETTERS + DIGITS, "~", TokenRules::azureSecret),
          rule("password", ANY, ":=% ", AssignmentRules::password),
          rule("secret", ANY, ":=%", AssignmentRules::secret),
          rule("iban", LETTERS, DIGITS, PersonRules::iban),
          rule("card", DIGITS, DIGITS, PersonRules::card),
          rule("email", LETTERS + DIGITS + "._%+-'", "@", PersonRules::email),
          rule("phone", DIGITS + "+(", DIGITS, PhoneRule::end));

  private StandardRules() {}

  private static SecretRule rule(String kind, String starts, String needs, Finder finder) {
    return new SecretRule(kind, starts, needs, finder);
  }
}
