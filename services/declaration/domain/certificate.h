#ifndef STARACTION_SERVICES_DECLARATION_DOMAIN_CERTIFICATE_H_
#define STARACTION_SERVICES_DECLARATION_DOMAIN_CERTIFICATE_H_

#include <string>

#include "staraction/declaration/v1/campaign.pb.h"
#include "staraction/declaration/v1/certificate.pb.h"

// What a certificate of a pledge says. Pure: no I/O, no clock; safe for any number of threads.
namespace staraction::declaration::domain {

inline constexpr char kCertificateForm[] = "staraction-pledge-certificate";
inline constexpr int kCertificateVersion = 1;

// The certificate of this signature (an event of the pledge), without `issue_time`. Equal for equal
// records, whenever it is asked for.
v1::PledgeCertificate CertificateOf(const v1::Campaign& campaign, const v1::Pledge& pledge,
                                    const v1::PledgeEvent& signature);

// A seal as people type it, or "" if it can be none.
std::string ReadSeal(const std::string& typed);

}  // namespace staraction::declaration::domain

#endif  // STARACTION_SERVICES_DECLARATION_DOMAIN_CERTIFICATE_H_
