#ifndef STARACTION_SERVICES_ENGAGEMENT_DOMAIN_LINK_SECRET_H_
#define STARACTION_SERVICES_ENGAGEMENT_DOMAIN_LINK_SECRET_H_

#include <optional>
#include <string>

namespace staraction::engagement::domain {

// What a participant link's secret says. The secret itself is made from it and a key at any time,
// so it is never stored.
struct LinkClaim {
  std::string organization;  // UUID
  std::string link;          // UUID
  int generation = 1;
};

// "{organization}.{link}.{generation}.{MAC}" in short form: the MAC is HMAC-SHA-256 over the
// rest, 32 bytes, base64url. `key` has at least 32 bytes.
std::string MakeLinkSecret(const LinkClaim& claim, const std::string& key);

// The claim, if the MAC is right; compared in constant time.
std::optional<LinkClaim> ReadLinkSecret(const std::string& secret, const std::string& key);

// The code on the slip of a link's generation, "ABC-DEF": six characters of 19 that nobody takes
// for another one. Like the secret it is made anew each time; it opens nothing without the link or
// a tablet, where few tries are given.
std::string MakePrintedCode(const LinkClaim& claim, const std::string& key);

// What a kiosk's secret says.
struct KioskClaim {
  std::string organization;  // UUID
  std::string kiosk;         // UUID
};

// "kiosk.{organization}.{kiosk}.{MAC}", as the links' secrets.
std::string MakeKioskSecret(const KioskClaim& claim, const std::string& key);
std::optional<KioskClaim> ReadKioskSecret(const std::string& secret, const std::string& key);

}  // namespace staraction::engagement::domain

#endif  // STARACTION_SERVICES_ENGAGEMENT_DOMAIN_LINK_SECRET_H_
