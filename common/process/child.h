#ifndef STARACTION_COMMON_PROCESS_CHILD_H_
#define STARACTION_COMMON_PROCESS_CHILD_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

// Programs of ours that look at what came from outside, each in a process of its own: large
// libraries never see a stranger's bytes inside a service.
namespace staraction {

struct ChildLimits {
  absl::Duration time;    // rounded up to seconds; the child is to end itself by then
  size_t max_output = 0;  // bytes
};

// Runs the program with an empty environment and `input` as its standard input, and gives what it
// prints. Nothing if it ended badly, printed nothing or too much, or was silent for longer than its
// time. Blocks; thread safe. An error only if nothing can be run on this machine.
absl::StatusOr<std::optional<std::string>> RunChild(const std::string& program,
                                                    const std::vector<std::string>& arguments,
                                                    const std::string& input,
                                                    const ChildLimits& limits);

// For the child's main, first of all: no more memory, time on the processor and time at all than
// this, and no core file. False: it cannot be limited and must not go on.
bool LimitThisProcess(int64_t memory_bytes, int seconds);

// The path of a program beside the one that runs.
std::string ProgramBeside(const std::string& name);

}  // namespace staraction

#endif  // STARACTION_COMMON_PROCESS_CHILD_H_
