#ifndef STARACTION_TESTS_ISOLATION_UNTRIED_H_
#define STARACTION_TESTS_ISOLATION_UNTRIED_H_

#include <map>
#include <set>
#include <string>
#include <vector>

#include "tests/isolation/walls.h"

namespace staraction::test {

// Fields that no try reaches, each as "unpaired engagement.v1.ClientService.GetMember name" (the
// victim has no such name) or "shape …" (every answer was about the request's shape). An equal
// answer says nothing about them.
std::set<std::string> Untried(const std::map<std::string, Tried>& tried);

// How these differ from a list of lines "shallow engagement.v1.ClientService.GetMember name: why";
// empty lines and those that begin with # count for nothing. One line for each entry that is
// missing, that is there without need, or that has no reason.
std::vector<std::string> CompareUntried(const std::map<std::string, Tried>& tried,
                                        const std::string& list);

// The number of the list's line "leaking 75: why": how many percent of the reached fields must leak
// when both walls are down. 100 without one.
int LeastLeaking(const std::string& list);

}  // namespace staraction::test

#endif  // STARACTION_TESTS_ISOLATION_UNTRIED_H_
