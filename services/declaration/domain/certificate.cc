#include "services/declaration/domain/certificate.h"

#include <algorithm>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/time/time.h"
#include "common/base/date.h"
#include "common/base/text.h"
#include "common/base/timestamp.h"
#include "common/seal/seal.h"
#include "services/declaration/domain/campaign.h"
#include "services/declaration/domain/day.h"

namespace staraction::declaration::domain {
namespace {

using Event = v1::PledgeEvent;

constexpr char kNote[] =
    "この記録は、誓約・同意の内容と、それがどのように行われたかを示すものです。確認値（SHA-"
    "256）は、"
    "印字された値が記録と同じかを確かめるためのもので、署名に代わるものではありません。";

// Name of an enum's value without its prefix: what stands on the certificate.
std::string Code(const std::string& name, const std::string& prefix) {
  return name.substr(prefix.size());
}

std::string MeaningOf(common::v1::Channel channel) {
  switch (channel) {
    case common::v1::CHANNEL_LINK:
      return "本人用のリンク";
    case common::v1::CHANNEL_TABLET:
      return "社内の端末";
    case common::v1::CHANNEL_PAPER:
      return "書面";
    default:
      return "";
  }
}

std::string MeaningOf(Event::Strength strength) {
  switch (strength) {
    case Event::STRENGTH_LINK_AND_NAME:
      return "本人用のリンクを開き、表示された氏名を確かめました";
    case Event::STRENGTH_LINK_AND_FACTOR:
      return "本人用のリンクと、配布コードまたは社員番号で、表示された氏名を確かめました";
    case Event::STRENGTH_DEVICE_AND_NAME:
      return "社内の端末で、表示された氏名を確かめました";
    case Event::STRENGTH_DEVICE_AND_FACTOR:
      return "社内の端末と、配布コードまたは社員番号で、表示された氏名を確かめました";
    case Event::STRENGTH_PAPER_SEEN:
      return "署名のある書面を、記録した人が確かめました";
    case Event::STRENGTH_PAPER_SCANNED:
      return "署名のある書面の画像を保存しています";
    default:
      return "";
  }
}

std::string Moment(const google::protobuf::Timestamp& time) {
  return absl::FormatTime("%Y-%m-%dT%H:%M:%S%Ez", FromTimestamp(time),
                          absl::FixedTimeZone(9 * 60 * 60));
}

void Add(const char* code, const char* label, const std::string& value, const std::string& meaning,
         v1::PledgeCertificate& certificate) {
  auto* field = certificate.add_fields();
  field->set_code(code);
  field->set_label(label);
  field->set_value(value);
  field->set_meaning(meaning);
}

// Version 1. Never changed: certificates with its seals hang on walls.
void AddFields(const v1::Campaign& campaign, const v1::Pledge& pledge, const Event& signature,
               v1::PledgeCertificate& certificate) {
  const auto channel = signature.channel();
  const auto strength = signature.strength();
  const auto add = [&certificate](const char* code, const char* label, const std::string& value,
                                  const std::string& meaning = "") {
    Add(code, label, value, meaning, certificate);
  };
  add("PLEDGE", "記録の名前", pledge.name());
  add("MEMBER", "対象者の識別名", pledge.member());
  add("DISPLAY_NAME", "氏名", pledge.display_name());
  add("STAFF_NUMBER", "社員番号", pledge.staff_number());
  add("DEPARTMENT", "部署", pledge.department());
  add("PRESIDENT", "代表者", pledge.president() ? "YES" : "NO",
      pledge.president() ? "代表者として" : "代表者以外として");
  add("TEXT_TITLE", "誓約文", TextFor(pledge, campaign).title());
  add("TEXT_DIGEST", "誓約文の確認値", signature.text_digest());
  add("PLEDGE_DATE", "誓約した日", FormatIsoDate(DayOf(signature.effective_date())));
  add("CHANNEL", "方法", Code(common::v1::Channel_Name(channel), "CHANNEL_"), MeaningOf(channel));
  add("STRENGTH", "本人の確かめ方", Code(Event::Strength_Name(strength), "STRENGTH_"),
      MeaningOf(strength));
  add("RECORD_TIME", "記録した日時", Moment(signature.record_time()));
  add("SCAN_SHA256", "書面の画像の確認値", signature.scan().sha256());
}

}  // namespace

v1::PledgeCertificate CertificateOf(const v1::Campaign& campaign, const v1::Pledge& pledge,
                                    const Event& signature) {
  v1::PledgeCertificate certificate;
  certificate.set_version(kCertificateVersion);
  AddFields(campaign, pledge, signature, certificate);
  std::vector<SealedValue> values;
  for (const auto& field : certificate.fields()) values.push_back({field.code(), field.value()});
  certificate.set_canonical_text(CanonicalText(kCertificateForm, kCertificateVersion, values));
  certificate.set_seal(Seal(certificate.canonical_text()));
  certificate.set_note(kNote);
  return certificate;
}

std::string ReadSeal(const std::string& typed) {
  std::string seal = NormalizeCode(typed);
  seal.erase(std::remove_if(seal.begin(), seal.end(),
                            [](unsigned char c) { return c == '-' || absl::ascii_isspace(c); }),
             seal.end());
  absl::AsciiStrToLower(&seal);
  return seal.size() == 64 ? seal : "";
}

}  // namespace staraction::declaration::domain
