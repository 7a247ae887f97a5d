#ifndef STARACTION_TESTS_ISOLATION_WALLS_H_
#define STARACTION_TESTS_ISOLATION_WALLS_H_

#include <functional>
#include <map>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "staraction/common/v1/policy.pb.h"
#include "tests/isolation/names.h"
#include "tests/isolation/requests.h"
#include "tests/isolation/transport.h"

namespace staraction::test {

// Somebody who has no business with the victim's things, or may not do what they try.
struct Intruder {
  std::string who;
  std::string token;
  // What they may see: it fills the other names of their requests.
  const NameBook* own = nullptr;
  // Within the victim's own company: the names above are theirs too, and only ids below are not.
  bool inside = false;
  // Tries only what this role lacks the permission for; ROLE_UNSPECIFIED: everything.
  common::v1::Role lacking = common::v1::ROLE_UNSPECIFIED;
};

// An answer about something foreign that differs from the one about what never was.
struct Leak {
  std::string method, who, field, foreign, never;
  std::string Text() const;
};

// How far the tries of one name field of a method came.
struct Tried {
  int pairs = 0;
  // One of the answers came from behind the check of the request's shape.
  bool past_shape = false;
  bool leaked = false;
  // The last answer that didn't.
  std::string refusal;
};

// Times of pairs of calls: about the foreign name, and about one that never was.
using TimePairs = std::vector<std::pair<absl::Duration, absl::Duration>>;

// Whether the first of the pairs take longer or shorter in a way that isn't chance: the sign of the
// difference is nearly always the same (five standard deviations of a fair coin, which holds
// however noisy the machine is, as it hits both alike), and the median difference is above `least`.
bool TellsByTime(const TimePairs& pairs, absl::Duration least);
absl::Duration MedianDifference(const TimePairs& pairs);

// Tries every name field of a method with the victim's names, and compares each answer with that
// about a name which never existed. Not thread safe.
class Walls {
 public:
  // `names`: how many of the victim's names of a kind each field gets.
  Walls(Transport& transport, const NameBook& victim, size_t names, uint32_t seed)
      : transport_(transport), victim_(victim), names_(names), random_(seed) {}

  // Only names in the field that says what the call is about, which the server layer checks.
  void OnlyScope() { only_scope_ = true; }
  // An id of the victim's that answers may tell, as it was given to the services by the test.
  void MayTell(const std::string& uuid) { may_tell_ = uuid; }
  // Called after each good answer of a method that may have changed something.
  void AfterChange(std::function<void()> then) { after_change_ = std::move(then); }

  void Try(const google::protobuf::MethodDescriptor& method, const Intruder& intruder);

  // Forgets the leaks of a method.
  void Forgive(const std::string& method);

  int requests() const { return requests_; }
  size_t methods() const { return times_.size(); }
  const std::vector<Leak>& leaks() const { return leaks_; }
  // By method and field: "engagement.v1.ClientService.GetMember name". A field of which no pair was
  // made, as the victim has no such name, is there, too.
  const std::map<std::string, Tried>& tried() const { return tried_; }
  // By method.
  const std::map<std::string, TimePairs>& times() const { return times_; }
  // How often each answer came, by its code: how deep the tries went.
  const std::map<std::string, int>& codes() const { return codes_; }

 private:
  struct Attempt;
  struct Heard {
    Answer answer;
    std::string text;  // what may be compared
    std::string told;  // the victim's id that the answer names unasked, or ""
  };

  std::vector<std::string> Names(const NameField& field, const Intruder& intruder);
  std::string Never(const std::string& foreign, const Intruder& intruder) const;
  Heard Ask(const Attempt& attempt, const std::string& name);
  std::string Comparable(const Attempt& attempt, const std::string& name, Heard& heard) const;
  void Pair(const Attempt& attempt, const std::string& foreign);
  bool StillDiffers(const Attempt& attempt, const std::string& foreign);

  Transport& transport_;
  const NameBook& victim_;
  const size_t names_;
  std::mt19937 random_;
  bool only_scope_ = false;
  std::string may_tell_;
  std::function<void()> after_change_;
  int requests_ = 0;
  std::vector<Leak> leaks_;
  std::map<std::string, Tried> tried_;
  std::map<std::string, TimePairs> times_;
  std::map<std::string, int> codes_;
};

// Finds names by reading whatever the token may read, beginning with those that are in the book.
void Crawl(Transport& transport,
           const std::vector<const google::protobuf::ServiceDescriptor*>& services,
           const std::string& token, NameBook& book);

}  // namespace staraction::test

#endif  // STARACTION_TESTS_ISOLATION_WALLS_H_
