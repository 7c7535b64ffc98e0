# Completion of chancery for bash: source <(chancery completion bash)
_chancery() {
    local IFS=$'\n' program=${COMP_WORDS[0]/#\~/$HOME}
    type -P "$program" > /dev/null || program=chancery
    COMPREPLY=($("$program" complete "${COMP_WORDS[@]:1:COMP_CWORD}" 2> /dev/null))
}
complete -o default -F _chancery chancery
