#include "tests/isolation/walls.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <set>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"
#include "common/base/clock.h"
#include "common/base/id.h"
#include "common/resource/policy.h"
#include "common/resource/text.h"
#include "google/api/annotations.pb.h"

namespace staraction::test {
namespace {

using google::protobuf::MethodDescriptor;

constexpr size_t kEnoughPairs = 30;
constexpr double kDeviations = 5;
constexpr size_t kTurns = 3;

constexpr size_t kLongestMoment = 30;
constexpr char kPageToken[] = "\"nextPageToken\":\"";

// What differs from call to call by nature: moments (2026-11-28T09:00:00.123Z), and page tokens,
// which hold a hash of the list's parent.
std::string Blur(const std::string& text) {
  std::string out;
  out.reserve(text.size());
  for (size_t i = 0; i < text.size(); ++i) {
    const bool moment =
        i + 20 <= text.size() && text[i + 10] == 'T' && text[i + 4] == '-' && text[i + 13] == ':';
    const size_t end = moment ? text.find('Z', i) : std::string::npos;
    if (end != std::string::npos && end - i <= kLongestMoment) {
      i = end;
      out += "moment";
    } else if (text.compare(i, sizeof(kPageToken) - 1, kPageToken) == 0) {
      i = text.find('"', i + sizeof(kPageToken) - 1);
      out += "\"nextPageToken\"";
    } else {
      out += text[i];
    }
  }
  return out;
}

std::set<std::string> WithoutNumbers(const std::set<std::string>& texts) {
  std::set<std::string> out;
  for (std::string text : texts) {
    text.erase(std::remove_if(text.begin(), text.end(), absl::ascii_isdigit), text.end());
    out.insert(text);
  }
  return out;
}

std::set<std::string> Codes(const std::set<std::string>& texts) {
  std::set<std::string> out;
  for (const std::string& text : texts) out.insert(text.substr(0, text.find(' ')));
  return out;
}

// Answers that a service gives only after it has found the request well-formed: by gRPC, and by
// REST.
bool IsPastShape(const std::string& code) {
  static const auto* codes = new std::set<std::string>{"OK",
                                                       "NOT_FOUND",
                                                       "PERMISSION_DENIED",
                                                       "FAILED_PRECONDITION",
                                                       "ALREADY_EXISTS",
                                                       "ABORTED",
                                                       "200",
                                                       "403",
                                                       "404",
                                                       "409",
                                                       "412"};
  return codes->count(code) > 0;
}

std::string KeyOf(const MethodDescriptor& method, const NameField& field) {
  return absl::StrCat(absl::StripPrefix(method.full_name(), "staraction."), " ", field.Text());
}

bool MayTry(const MethodDescriptor& method, const Intruder& intruder) {
  const auto& policy = PolicyOf(method);
  return intruder.lacking == common::v1::ROLE_UNSPECIFIED ||
         (!policy.public_() && !Grants(policy.permission(), intruder.lacking));
}

}  // namespace

struct Walls::Attempt {
  const MethodDescriptor& method;
  const Intruder& intruder;
  const NameField& field;
  Tried& tried;
};

std::string Leak::Text() const {
  return absl::StrCat(method, " as ", who, ", ", field, ":\n  foreign: ", foreign,
                      "\n  never:   ", never);
}

absl::Duration MedianDifference(const TimePairs& pairs) {
  if (pairs.empty()) return absl::ZeroDuration();
  std::vector<absl::Duration> differences;
  differences.reserve(pairs.size());
  for (const auto& [foreign, never] : pairs) differences.push_back(foreign - never);
  const auto middle = differences.begin() + static_cast<std::ptrdiff_t>(differences.size() / 2);
  std::nth_element(differences.begin(), middle, differences.end());
  return *middle;
}

bool TellsByTime(const TimePairs& pairs, absl::Duration least) {
  if (pairs.size() < kEnoughPairs) return false;
  const auto longer = static_cast<double>(std::count_if(
      pairs.begin(), pairs.end(), [](const auto& pair) { return pair.first > pair.second; }));
  const auto count = static_cast<double>(pairs.size());
  const double deviations = std::abs(longer - count / 2) / (std::sqrt(count) / 2);
  return deviations > kDeviations && absl::AbsDuration(MedianDifference(pairs)) > least;
}

void Walls::Try(const MethodDescriptor& method, const Intruder& intruder) {
  if (!transport_.Serves(method) || !MayTry(method, intruder)) return;
  for (const NameField& field : NameFields(*method.input_type())) {
    if (only_scope_ && field.Text() != PolicyOf(method).scope()) continue;
    const Attempt attempt{method, intruder, field, tried_[KeyOf(method, field)]};
    for (const std::string& foreign : Names(field, intruder)) Pair(attempt, foreign);
  }
}

// The victim's names as they are and, as somebody might try who knows only an id, below the
// intruder's own client or engagement.
std::vector<std::string> Walls::Names(const NameField& field, const Intruder& intruder) {
  std::vector<std::string> names;
  for (const std::string& kind : field.kinds) {
    std::vector<std::string> known = victim_.Of(kind);
    std::shuffle(known.begin(), known.end(), random_);
    if (known.size() > names_) known.resize(names_);
    const std::string root = intruder.own->First(kind.substr(0, kind.find("/*") + 2));
    for (const std::string& name : known) {
      names.push_back(name);
      const size_t end = name.find('/', name.find('/') + 1);
      if (intruder.inside || root.empty() || end == std::string::npos) continue;
      if (!UuidsIn(name.substr(end)).empty()) names.push_back(root + name.substr(end));
    }
  }
  return names;
}

// The same name with ids that nothing has; the intruder's own ids stay.
std::string Walls::Never(const std::string& foreign, const Intruder& intruder) const {
  return MapUuids(foreign, [&](const std::string& uuid) {
    return intruder.own->Knows(uuid) ? uuid : NewId(RealClock()() - absl::Hours(24 * 5));
  });
}

// The answer with the ids that were asked for replaced by their place in the question, new ones and
// moments by a word.
std::string Walls::Comparable(const Attempt& attempt, const std::string& name, Heard& heard) const {
  const std::vector<std::string> asked = UuidsIn(name);
  const Answer& answer = heard.answer;
  std::string text = absl::StrCat(answer.code, " ", answer.headers, answer.text);
  // Long names are told shortened.
  if (Shorten(name) != name) text = absl::StrReplaceAll(text, {{Shorten(name), "asked"}});
  text = MapUuids(text, [&](const std::string& uuid) -> std::string {
    const auto place = std::find(asked.begin(), asked.end(), uuid);
    if (attempt.intruder.own->Knows(uuid)) return uuid;
    if (place != asked.end()) return absl::StrCat("asked-", place - asked.begin());
    if (victim_.Knows(uuid) && uuid != may_tell_) heard.told = uuid;
    return "new";
  });
  return Blur(text);
}

Walls::Heard Walls::Ask(const Attempt& attempt, const std::string& name) {
  const auto request = MakeRequest(attempt.method, *attempt.intruder.own);
  PutName(attempt.field, name, *attempt.intruder.own, request.get());
  ++requests_;
  Heard heard;
  heard.answer = transport_.Send(attempt.method, *request, attempt.intruder.token);
  ++codes_[heard.answer.code];
  heard.text = Comparable(attempt, name, heard);
  const auto& route = attempt.method.options().GetExtension(google::api::http);
  if (heard.answer.ok && !route.has_get() && after_change_) after_change_();
  return heard;
}

void Walls::Pair(const Attempt& attempt, const std::string& foreign) {
  const std::string never_name = Never(foreign, attempt.intruder);
  if (never_name == foreign) return;
  const bool foreign_first = random_() % 2 == 0;
  Heard first = Ask(attempt, foreign_first ? foreign : never_name);
  Heard second = Ask(attempt, foreign_first ? never_name : foreign);
  const Heard& heard = foreign_first ? first : second;
  const Heard& never = foreign_first ? second : first;
  times_[attempt.method.full_name()].emplace_back(heard.answer.took, never.answer.took);
  ++attempt.tried.pairs;
  for (const Heard& one : {std::cref(heard), std::cref(never)}) {
    const bool past = IsPastShape(one.answer.code);
    attempt.tried.past_shape |= past;
    if (!past) attempt.tried.refusal = one.text;
  }
  const bool differs = heard.text != never.text && StillDiffers(attempt, foreign);
  if (!differs && heard.told.empty()) return;
  attempt.tried.leaked = true;
  leaks_.push_back({absl::StrCat(transport_.name(), " ", attempt.method.full_name()),
                    attempt.intruder.who, attempt.field.Text() + "=" + foreign,
                    heard.told.empty() ? heard.text : "tells of " + heard.told, never.text});
}

void Walls::Forgive(const std::string& method) {
  const std::string name = absl::StrCat(transport_.name(), " ", method);
  leaks_.erase(std::remove_if(leaks_.begin(), leaks_.end(),
                              [&](const Leak& leak) { return leak.method == name; }),
               leaks_.end());
}

// A call may change what the next one finds (a state, a version, a running number): only a
// difference that stays, in turns, comes from the name.
bool Walls::StillDiffers(const Attempt& attempt, const std::string& foreign) {
  std::set<std::string> of_foreign, of_never;
  bool counts = true;
  for (size_t turn = 0; turn < kTurns; ++turn) {
    counts &= of_never.insert(Ask(attempt, Never(foreign, attempt.intruder)).text).second;
    of_foreign.insert(Ask(attempt, foreign).text);
  }
  if (counts) of_foreign = WithoutNumbers(of_foreign), of_never = WithoutNumbers(of_never);
  // What is drawn by lot can be compared by its code only.
  if (of_never.size() == kTurns) of_foreign = Codes(of_foreign), of_never = Codes(of_never);
  return std::none_of(of_foreign.begin(), of_foreign.end(),
                      [&](const std::string& text) { return of_never.count(text) > 0; });
}

}  // namespace staraction::test
