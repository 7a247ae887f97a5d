#ifndef STARACTION_COMMON_PAPER_FORM_CODE_H_
#define STARACTION_COMMON_PAPER_FORM_CODE_H_

#include <optional>
#include <string>
#include <string_view>

// The code that is printed as QR on a paper form, so that a scan of it finds its way back.
namespace staraction::paper {

// What the form is. The letter is part of the code: never give one a new meaning.
enum class FormKind : char {
  kPledge = 'P',      // resource: campaign
  kTest = 'T',        // resource: what the training service says that the sheet belongs to
  kAttendance = 'A',  // resource: session; no member on a list for everybody
  kRuleCheck = 'C',   // resource: the check's answer sheet
  kBriefing = 'B',    // resource: briefing
  kVisit = 'V',       // resource: visit
  kApproval = 'R',    // resource: revision that is approved
};

struct FormCode {
  FormKind kind = FormKind::kPledge;
  std::string resource{};  // UUID, as in the last segment of the resource's name
  std::string member{};    // UUID of the member whose form it is; empty: nobody's own

  friend bool operator==(const FormCode&, const FormCode&) = default;
};

// 60 characters of QR's alphanumeric set: "SA1", the kind's letter, then in base32 (RFC 4648) both
// ids and a checksum of 24 bits. It fits a QR of version 3 with error correction M (29 modules).
// The checksum finds misreadings; it proves nothing, since anybody can print a code. Aborts unless
// the ids are UUIDs.
std::string EncodeFormCode(const FormCode& code);

// The form of a code; nothing if the text is none of ours, of another version, or damaged. White
// space and hyphens between the characters, and small letters, do no harm: people type it too.
std::optional<FormCode> DecodeFormCode(std::string_view text);

}  // namespace staraction::paper

#endif  // STARACTION_COMMON_PAPER_FORM_CODE_H_
